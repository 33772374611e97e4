"""A report as GitLab's code quality artifact: the findings appear in the merge request's widget and beside the lines."""

from __future__ import annotations

import json

from cli.rendering.rows import Row, rows
from registry.domain.contract import digest_of
from registry.services.checking.report import CheckReport

_SEVERITIES = {"breaking": "major", "unknown": "minor", "risky": "minor", "safe": "info"}


def render(report: CheckReport) -> str:
    """A JSON list with an entry a finding."""
    return json.dumps([_entry(row) for row in rows(report)], indent=2)


def _entry(row: Row) -> dict[str, object]:
    place = row.place
    line = place.position.line if place and place.position else 1
    identity = f"{row.check.contract}\0{row.check.against}\0{row.finding.rule}\0{row.place}\0{row.finding.message}"
    return {
        "description": f"{row.check.contract}: {row.words}",
        "check_name": row.finding.rule,
        "fingerprint": digest_of(identity.encode()),
        "severity": "blocker" if row.blocks else _SEVERITIES[row.weight],
        "location": {"path": place.file if place else row.check.contract, "lines": {"begin": line}},
    }
