"""One line of a case distinction: what is known of a value of one type, and the alternatives that are still open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from registry.engines.jsonschema.logic.formula import (
    Both,
    Contains,
    Either,
    ExactlyOne,
    Formula,
    Formulas,
    Has,
    Members,
    NameIs,
    Negation,
    Truth,
)

Choice: TypeAlias = tuple[Formula, bool]
Clause: TypeAlias = tuple[tuple[Choice, ...], bool]
"""Choices of which one must be taken, and whether they are the writer's."""
READER, WRITER = 1, 2
_COMPOUND: Final = frozenset({Both, Either, Negation, ExactlyOne, Contains})


@dataclass(slots=True)
class Branch:
    """Facts about one value: atoms with their truth, everything asserted so far, and clauses of which one choice must hold.

    Of the parts of an `exclusive` union exactly one must hold, or none or several must (with False); the second flag is the side's.
    `refused` are the formulas that the value has to break, as they were before they were taken apart, and `asked` the properties
    that the reader declares in them, whichever of its demands is broken. `work` counts what has been
    assumed since somebody set it to 0.
    """

    kind: int
    refused: tuple[Formula, ...] = ()
    facts: dict[Formula, bool] = field(default_factory=dict[Formula, bool])
    sides: dict[Formula, int] = field(default_factory=dict[Formula, int])
    known: dict[Formula, bool] = field(default_factory=dict[Formula, bool])
    clauses: list[Clause] = field(default_factory=list[Clause])
    exclusive: dict[ExactlyOne, tuple[bool, bool]] = field(default_factory=dict[ExactlyOne, tuple[bool, bool]])
    asked: frozenset[str] = frozenset()
    work: int = 0

    def copy(self) -> Branch:
        """An independent branch with the same facts."""
        return Branch(
            self.kind,
            self.refused,
            dict(self.facts),
            dict(self.sides),
            dict(self.known),
            list(self.clauses),
            dict(self.exclusive),
            self.asked,
        )

    @property
    def declared(self) -> set[str]:
        """The names that the writer's facts speak of."""
        found: set[str] = set()
        for fact in self.facts:
            if isinstance(fact, Has) and self.sides[fact] & WRITER:
                found.add(fact.name)
            elif isinstance(fact, Members) and isinstance(fact.selector, NameIs) and self.sides[fact] & WRITER:
                found.add(fact.selector.name)
        return found

    def written(self, formulas: Formulas) -> Formula:
        """All that the writer's side says of the value, as one formula."""
        said = [fact if wanted else formulas.negation(fact) for fact, wanted in self.facts.items() if self.sides[fact] & WRITER]
        for choices, writer in self.clauses:
            if writer:
                said.append(formulas.either([part if wanted else formulas.negation(part) for part, wanted in choices]))
        for union, (wanted, writer) in self.exclusive.items():
            if writer:
                said.append(union if wanted else formulas.negation(union))
        return formulas.both(said)

    def assume(self, formulas: Formulas, formula: Formula, positive: bool, writer: bool) -> bool:
        """Add a fact with all that follows from its shape. False when it contradicts what is known."""
        stack: list[Choice] = [(formula, positive)]
        side = WRITER if writer else READER
        known = self.known
        while stack:
            current, wanted = stack.pop()
            before = known.get(current)
            if before is not None:
                if before is not wanted:
                    return False
                if current in self.sides:
                    self.sides[current] |= side
                continue
            kind = type(current)
            if kind is Truth:
                if current is not (formulas.true if wanted else formulas.false):
                    return False
                continue
            known[current] = wanted
            self.work += 1
            if kind not in _COMPOUND:
                self.facts[current] = wanted
                self.sides[current] = side
                continue
            stack.extend(self._taken_apart(formulas, current, wanted, writer))
        return True

    def _taken_apart(self, formulas: Formulas, formula: Formula, wanted: bool, writer: bool) -> Iterable[Choice]:
        """What follows at once, the last first; what leaves a choice becomes a clause."""
        match formula:
            case Negation():
                return ((formula.part, not wanted),)
            case Both() | Either():
                self.work += len(formula.parts) // 4
                parts = [(part, wanted) for part in formula.parts]
                if isinstance(formula, Both) is wanted:
                    return reversed(parts)
                self.clauses.append((tuple(parts), writer))
                if not writer:
                    self.asked |= _named(formula.parts)
            case ExactlyOne():
                self.work += len(formula.parts) // 4
                self.exclusive[formula] = (wanted, writer)
            case Contains() if not wanted:
                return ((_outside(formulas, formula), True),)
            case _:
                self.facts[formula] = wanted
                self.sides[formula] = WRITER if writer else READER
        return ()


def _named(parts: Iterable[Formula]) -> frozenset[str]:
    """The properties that some demands declare by name."""
    return frozenset(part.selector.name for part in parts if isinstance(part, Members) and isinstance(part.selector, NameIs))


def _outside(formulas: Formulas, formula: Contains) -> Formula:
    """Fewer matching items than the least, or more than the most."""
    ways: list[Formula] = []
    if formula.least > 0:
        ways.append(formulas.contains(formula.formula, 0, formula.least - 1))
    if formula.most is not None:
        ways.append(formulas.contains(formula.formula, formula.most + 1, None))
    return formulas.either(ways)
