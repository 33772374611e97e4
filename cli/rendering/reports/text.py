"""A report for people: what it is about, one block a finding, worst first, and a last line with the verdict and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from cli.rendering.findings import change_block, undecided_block
from cli.rendering.overview import overview
from cli.rendering.verdict_line import verdict_lines
from registry.domain.change import Change, Undecided
from registry.domain.verdict import Severity
from registry.services.checking.report import CheckReport, ContractCheck


def render(report: CheckReport) -> str:
    """The whole report; the same report always gives the same text."""
    rows = sorted(_rows(report), key=lambda row: row[0])
    blocks = [block for _, block in rows]
    return "\n\n".join(part for part in (overview(report), "\n".join(_spaced(blocks)), verdict_lines(report)) if part)


def _rows(report: CheckReport) -> Iterator[tuple[tuple[int, int], str]]:
    """Every finding's block with its weight, breaking first, then unknown; equal weights keep the order of the report."""
    several = len(report.checks) > 1
    for check in report.checks:
        context = _context(check) if several or not check.gates else ""
        for change in check.comparison.changes:
            yield _weight(change), change_block(change, context, knows_consumers=check.knows_consumers)
        for question in check.comparison.undecided:
            yield _weight(question), undecided_block(question, context)


def _weight(finding: Change | Undecided) -> tuple[int, int]:
    waived = int(finding.waived_by is not None)
    if isinstance(finding, Undecided):
        return (1, waived)
    return (0 if finding.severity is Severity.BREAKING else finding.severity.rank + 1, waived)


def _context(check: ContractCheck) -> str:
    version = f" {check.version}" if check.version else ""
    owner = f" of {check.service}" if check.service else ""
    gates = "" if check.gates else " (classified, not gated)"
    return f"{check.contract}{version}{owner}, against {check.against}{gates}"


def _spaced(blocks: list[str]) -> Iterator[str]:
    """The blocks with an empty line around every one that has more than one line."""
    previous = ""
    for block in blocks:
        if previous and ("\n" in previous or "\n" in block):
            yield ""
        yield block
        previous = block
