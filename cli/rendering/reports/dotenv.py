"""The verdict and the counts of a report as `NAME=VALUE` lines: what GitHub's $GITHUB_OUTPUT and GitLab's dotenv reports take."""

from __future__ import annotations

from cli.rendering.tally import COUNTED, tally
from registry.services.checking.report import CheckReport


def render(report: CheckReport) -> str:
    """One line for the verdict, one for each count. No text of a contract is among them, so nothing can break out of its line."""
    found = tally(report)
    counts = (f"INTERLOCK_{name.upper()}={found[name]}" for name in COUNTED)
    return "\n".join([f"INTERLOCK_VERDICT={report.verdict}", *counts])
