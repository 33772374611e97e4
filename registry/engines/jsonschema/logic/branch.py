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
    Negation,
    Truth,
)

Choice: TypeAlias = tuple[Formula, bool]
READER, WRITER = 1, 2
_COMPOUND: Final = frozenset({Both, Either, Negation, ExactlyOne, Contains})
_MOST_ALTERNATIVES = 48
"""An exclusive choice between more parts is only evaluated on documents that are found, and weakens no proof."""


@dataclass(slots=True)
class Branch:
    """Facts about one value: atoms with their truth, everything asserted so far, and clauses of which one choice must hold.

    `refused` are the formulas that the value has to break, as they were before they were taken apart. `work` counts what has been
    looked at since somebody set it to 0.
    """

    kind: int
    refused: tuple[Formula, ...] = ()
    facts: dict[Formula, bool] = field(default_factory=dict[Formula, bool])
    sides: dict[Formula, int] = field(default_factory=dict[Formula, int])
    known: dict[Formula, bool] = field(default_factory=dict[Formula, bool])
    clauses: list[tuple[tuple[Choice, ...], bool]] = field(default_factory=list[tuple[tuple[Choice, ...], bool]])
    work: int = 0

    def copy(self) -> Branch:
        """An independent branch with the same facts."""
        return Branch(self.kind, self.refused, dict(self.facts), dict(self.sides), dict(self.known), list(self.clauses))

    def written(self, formulas: Formulas) -> Formula:
        """All that the writer's side says of the value, as one formula."""
        said = [fact if wanted else formulas.negation(fact) for fact, wanted in self.facts.items() if self.sides[fact] & WRITER]
        for choices, writer in self.clauses:
            if writer:
                said.append(formulas.either([part if wanted else formulas.negation(part) for part, wanted in choices]))
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
            case ExactlyOne():
                self._distribute(formulas, formula, wanted, writer)
            case Contains() if not wanted:
                return ((_outside(formulas, formula), True),)
            case _:
                self.facts[formula] = wanted
                self.sides[formula] = WRITER if writer else READER
        return ()

    def _distribute(self, formulas: Formulas, formula: ExactlyOne, wanted: bool, writer: bool) -> None:
        parts = formula.parts
        self.work += len(parts) * min(len(parts), _MOST_ALTERNATIVES)
        if len(parts) > _MOST_ALTERNATIVES:
            self.facts[formula] = wanted
            self.sides[formula] = WRITER if writer else READER
            if wanted:
                self.clauses.append((tuple((part, True) for part in parts), writer))
            return
        if wanted:
            choices = tuple(
                (formulas.both((part, *(formulas.negation(other) for other in parts if other is not part))), True) for part in parts
            )
            self.clauses.append((choices, writer))
            return
        # None of them, or two of them. Negated branches that are known to fail drop out before pairs are made.
        real = [part for part in parts if self.known.get(part) is not False]
        none = formulas.both(formulas.negation(part) for part in real)
        pairs = [formulas.both((one, other)) for index, one in enumerate(real) for other in real[index + 1 :]]
        self.clauses.append((((none, True), *((pair, True) for pair in pairs)), writer))


def _outside(formulas: Formulas, formula: Contains) -> Formula:
    """Fewer matching items than the least, or more than the most."""
    ways: list[Formula] = []
    if formula.least > 0:
        ways.append(formulas.contains(formula.formula, 0, formula.least - 1))
    if formula.most is not None:
        ways.append(formulas.contains(formula.formula, formula.most + 1, None))
    return formulas.either(ways)
