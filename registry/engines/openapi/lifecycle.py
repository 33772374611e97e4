"""How long something is promised: `deprecated`, `x-sunset` and `x-stability-level`.

The three words are those of oasdiff (docs/DEPRECATION.md, docs/STABILITY.md), so that a document written for it keeps its meaning.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from registry.domain.change import Json
from registry.domain.location import Location
from registry.domain.verdict import Severity
from registry.engines.jsonschema.sunset import sunset_of
from registry.engines.openapi.node import Node


class Stability(IntEnum):
    """How firm an operation is, softest first. What declares nothing is stable; draft and alpha are not gated."""

    DRAFT = 0
    ALPHA = 1
    BETA = 2
    STABLE = 3


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """What an operation, a parameter or a header says about its own end.

    `sunset` and `stability` are the values as written, None where nothing is; `location` is the thing that says so.
    """

    deprecated: bool
    sunset: Json
    stability: Json
    location: Location

    @staticmethod
    def of(node: Node) -> Lifecycle:
        """The lifecycle that an object declares."""
        return Lifecycle(node.flag("deprecated"), node.raw("x-sunset"), node.raw("x-stability-level"), node.location)

    @property
    def ends(self) -> datetime | None:
        """The moment until which it is promised, or None when none is declared or it cannot be read."""
        return sunset_of(self.sunset)

    @property
    def level(self) -> Stability | None:
        """The declared stability, stable when none is declared, None when the word is not one of the four."""
        return stability_of(self.stability)


@dataclass(frozen=True, slots=True)
class Notice:
    """What the lifecycle says about a removal: how bad it is, and the words for it."""

    severity: Severity
    words: str


_UNANNOUNCED = Notice(Severity.BREAKING, "no deprecation was declared")


def stability_of(word: Json) -> Stability | None:
    """The level that a word declares, stable for no word at all, None for any other value."""
    if word is None:
        return Stability.STABLE
    names = {level.name.lower(): level for level in Stability}
    return names.get(word) if isinstance(word, str) else None


def notice_by_level(minimum_notice: Iterable[tuple[str, int]]) -> dict[Stability, int]:
    """The days of notice of each level, from the owner's (level, days) pairs."""
    return {Stability[level.upper()]: days for level, days in minimum_notice}


def removal(lifecycle: Lifecycle, as_of: datetime) -> Notice:
    """How a removal is judged at a moment: risky after a sunset that was declared with a deprecation, breaking before."""
    if not lifecycle.deprecated:
        return _UNANNOUNCED
    if lifecycle.sunset is None:
        return Notice(Severity.BREAKING, "the deprecation had no sunset date")
    ends = lifecycle.ends
    if ends is None:
        return Notice(Severity.BREAKING, f"the sunset {lifecycle.sunset!r} cannot be read")
    if as_of < ends:
        return Notice(Severity.BREAKING, f"the sunset {lifecycle.sunset} has not passed")
    return Notice(Severity.RISKY, f"the sunset {lifecycle.sunset} has passed")


def removal_of_all(lifecycles: Iterable[Lifecycle], as_of: datetime) -> Notice:
    """How the removal of several things at once is judged: as that of the one whose promise holds longest."""
    notices = [removal(lifecycle, as_of) for lifecycle in lifecycles]
    return min(notices, key=lambda notice: notice.severity.rank, default=_UNANNOUNCED)
