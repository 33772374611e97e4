"""Which earlier contract a provided one continues."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from registry.domain.semver import Version


class Numbered(Protocol):
    """Something of a contract that may have a number."""

    @property
    def contract(self) -> str:
        """The contract's name."""
        ...


Earlier = TypeVar("Earlier", bound=Numbered)


def continued(
    contract: str, version: Version | None, earlier: Iterable[tuple[Earlier, Version | None]]
) -> tuple[Earlier, Version | None] | None:
    """The earlier row of the same contract in the same major line; without numbers, of the same contract.

    The newest wins when several fit.
    """
    same = [(row, number) for row, number in earlier if row.contract == contract]
    if version is not None:
        same = [(row, number) for row, number in same if number is None or number.major == version.major]
    return max(same, key=lambda pair: pair[1] or Version(0, 0, 0), default=None)
