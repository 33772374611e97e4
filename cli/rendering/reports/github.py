"""A report as workflow commands of GitHub Actions: a line of a pull request gets its finding beside it."""

from __future__ import annotations

from cli.rendering.rows import Row, rows
from registry.domain.verdict import Severity
from registry.services.checking.report import CheckReport


def render(report: CheckReport) -> str:
    """One command a finding, errors for what blocks; safe changes are left out, because GitHub shows only ten of a kind."""
    return "\n".join(_command(row) for row in rows(report) if row.weight != Severity.SAFE)


def _command(row: Row) -> str:
    facts = {"title": f"{row.finding.rule} in {row.check.contract}"}
    place = row.place
    if place is not None:
        facts["file"] = place.file
        if place.position is not None:
            facts |= {"line": str(place.position.line), "col": str(place.position.column)}
        if place.end is not None:
            facts |= {"endLine": str(place.end.line), "endColumn": str(place.end.column)}
    level = "error" if row.blocks else "warning"
    return f"::{level} {','.join(f'{name}={_property(value)}' for name, value in facts.items())}::{_data(row.words)}"


def _data(text: str) -> str:
    """Escaped as the runner reads it, so that no text of a contract becomes a command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
