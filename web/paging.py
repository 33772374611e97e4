"""Long lists, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from registry.services.catalog.values import ContractSummary

ROWS = 100
"""How many rows a page has. One row more is read, to know whether there is a next page."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of contracts. `after` is the name that the page starts after, `next` the one that the next page does."""

    rows: tuple[ContractSummary, ...]
    after: str
    next: str

    @staticmethod
    def of(rows: Sequence[ContractSummary], after: str) -> Listing:
        """The page that some rows after a name make, of which there may be one too many."""
        shown = tuple(rows[:ROWS])
        return Listing(shown, after, shown[-1].contract.name if len(rows) > ROWS else "")
