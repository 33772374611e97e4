"""What two versions of a contract have in common, and what only one of them has: values that rules walk over.

A part that several operations share is one pair here, with all of its elements, so that each change is seen once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from registry.domain.change import Witness
from registry.domain.location import Location
from registry.domain.verdict import Direction, Severity
from registry.engines.openapi.model import Operation
from registry.engines.rulebook.rule import Finding


class Placed(Protocol):
    """Anything with a place where it is defined and one where it is mentioned."""

    @property
    def location(self) -> Location: ...

    @property
    def site(self) -> Location: ...


Thing = TypeVar("Thing", bound=Placed)


@dataclass(frozen=True, slots=True)
class Exchange:
    """The operation, in both versions where it has both, in which something is looked at."""

    old: Operation
    new: Operation


@dataclass(frozen=True, slots=True)
class Context:
    """Where something stands: the element it makes up, who has to cope, and the exchange that it is part of.

    `direction` is what the change means to old clients of the new server: backward for what they send, forward for what
    they receive. `status` is that of the response it belongs to, None in a request.
    """

    element: str
    direction: Direction
    exchange: Exchange
    status: str | None = None


@dataclass(frozen=True, slots=True)
class Single(Generic[Thing]):
    """A part that only one version has; `contexts` are the places where it is missing in the other."""

    thing: Thing
    contexts: tuple[Context, ...]

    @property
    def exchange(self) -> Exchange:
        """One exchange that has it, for the witness."""
        return self.contexts[0].exchange

    @property
    def status(self) -> str | None:
        """The status of the first response that has it."""
        return self.contexts[0].status

    def removed(self, message: str, *, severity: Severity | None = None, witness: Witness | None = None) -> Finding:
        """The finding that the old version's part is gone."""
        return self._finding(message, self.thing.site, None, severity, witness, removes_promise=True)

    def added(self, message: str, *, severity: Severity | None = None, witness: Witness | None = None) -> Finding:
        """The finding that the new version's part is new."""
        return self._finding(message, None, self.thing.site, severity, witness, removes_promise=False)

    def _finding(
        self,
        message: str,
        old: Location | None,
        new: Location | None,
        severity: Severity | None,
        witness: Witness | None,
        *,
        removes_promise: bool,
    ) -> Finding:
        return Finding(message, old, new, _elements(self.contexts), severity, witness, removes_promise, self.contexts[0].direction)


@dataclass(frozen=True, slots=True)
class Pair(Generic[Thing]):
    """A part that both versions have."""

    old: Thing
    new: Thing
    contexts: tuple[Context, ...]

    @property
    def exchange(self) -> Exchange:
        """One exchange that has it, for the witness."""
        return self.contexts[0].exchange

    @property
    def status(self) -> str | None:
        """The status of the first response that has it."""
        return self.contexts[0].status

    @property
    def direction(self) -> Direction:
        """What a change means to old clients of the new server."""
        return self.contexts[0].direction

    def changed(
        self,
        message: str,
        *,
        severity: Severity | None = None,
        witness: Witness | None = None,
        removes_promise: bool = False,
    ) -> Finding:
        """The finding that the part is not what it was."""
        return Finding(
            message,
            self.old.location,
            self.new.location,
            _elements(self.contexts),
            severity,
            witness,
            removes_promise,
            self.direction,
        )


def _elements(contexts: Iterable[Context]) -> tuple[str, ...]:
    return tuple(sorted({context.element for context in contexts}))


@dataclass(frozen=True, slots=True)
class Matched(Generic[Thing]):
    """All parts of one sort, across the contract."""

    added: tuple[Single[Thing], ...]
    removed: tuple[Single[Thing], ...]
    kept: tuple[Pair[Thing], ...]


class Gathering(Generic[Thing]):
    """Collects the parts of one sort while the contract is walked, and joins those that stand at the same place."""

    def __init__(self) -> None:
        self._added: dict[tuple[Location, Direction], tuple[Thing, list[Context]]] = {}
        self._removed: dict[tuple[Location, Direction], tuple[Thing, list[Context]]] = {}
        self._kept: dict[tuple[Location, Location, Direction, tuple[str, str]], tuple[Thing, Thing, list[Context]]] = {}

    def add(self, thing: Thing, context: Context) -> None:
        """Only the new version has it."""
        self._added.setdefault((thing.site, context.direction), (thing, []))[1].append(context)

    def remove(self, thing: Thing, context: Context) -> None:
        """Only the old version has it."""
        self._removed.setdefault((thing.site, context.direction), (thing, []))[1].append(context)

    def keep(self, old: Thing, new: Thing, context: Context, names: tuple[str, str] = ("", "")) -> None:
        """Both have it; under two `names` where those are given by the mention: a shared response stands for many statuses."""
        self._kept.setdefault((old.location, new.location, context.direction, names), (old, new, []))[2].append(context)

    def matched(self) -> Matched[Thing]:
        """What was collected."""
        return Matched(
            tuple(Single(thing, tuple(contexts)) for thing, contexts in self._added.values()),
            tuple(Single(thing, tuple(contexts)) for thing, contexts in self._removed.values()),
            tuple(Pair(old, new, tuple(contexts)) for old, new, contexts in self._kept.values()),
        )
