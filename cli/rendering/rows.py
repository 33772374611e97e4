"""The findings of a report one by one, for formats that have a record for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from registry.domain.change import Change, Undecided
from registry.domain.contract import OnUnknown
from registry.domain.location import Location
from registry.services.checking.report import CheckReport, ContractCheck


@dataclass(frozen=True, slots=True)
class Row:
    """A finding and the check that it belongs to."""

    check: ContractCheck
    finding: Change | Undecided

    @property
    def place(self) -> Location | None:
        """Where to look: in the new files, and in the old ones for what is gone."""
        return self.finding.new or self.finding.old

    @property
    def blocks(self) -> bool:
        """Whether the finding alone forbids the change."""
        if not (self.check.gates and self.finding.blocks):
            return False
        return isinstance(self.finding, Change) or self.check.on_unknown is OnUnknown.BLOCK

    @property
    def weight(self) -> str:
        """`breaking`, `unknown`, `risky` or `safe`."""
        return str(self.finding.severity) if isinstance(self.finding, Change) else "unknown"

    @property
    def words(self) -> str:
        """The message, what other tools call it, whom it reaches, and why it may pass where it may."""
        parts = [self.finding.message]
        if isinstance(self.finding, Change) and self.finding.aliases:
            parts.append(f"Elsewhere called {', '.join(self.finding.aliases)}.")
        if isinstance(self.finding, Change) and self.finding.consumers:
            parts.append(f"Breaks {', '.join(dict.fromkeys(use.service for use in self.finding.consumers))}.")
        if self.finding.waived_by:
            parts.append(f"Waived: {self.finding.waived_by.reason}.")
        return " ".join(parts)


def rows(report: CheckReport) -> Iterator[Row]:
    """Every finding, check by check."""
    for check in report.checks:
        yield from rows_of(check)


def rows_of(check: ContractCheck) -> Iterator[Row]:
    """The findings of one check, changes before questions."""
    for finding in (*check.comparison.changes, *check.comparison.undecided):
        yield Row(check, finding)
