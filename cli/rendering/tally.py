"""How many findings of each weight a report has."""

from __future__ import annotations

from collections import Counter

from registry.domain.verdict import Severity
from registry.services.checking.report import CheckReport

UNKNOWN = "unknown"
WAIVED = "waived"

COUNTED = (str(Severity.BREAKING), UNKNOWN, str(Severity.RISKY), str(Severity.SAFE), WAIVED)
"""Worst first; what is waived is also counted under its severity."""


def tally(report: CheckReport) -> Counter[str]:
    """The counts by the names of `COUNTED`."""
    changes = [change for check in report.checks for change in check.comparison.changes]
    undecided = [question for check in report.checks for question in check.comparison.undecided]
    found = Counter(str(change.severity) for change in changes)
    found[UNKNOWN] = len(undecided)
    found[WAIVED] = sum(finding.waived_by is not None for finding in (*changes, *undecided))
    return found
