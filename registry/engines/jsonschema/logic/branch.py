"""One line of a case distinction: what is known of a value of one type, and the alternatives that are still open."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from registry.engines.jsonschema.logic.formula import (
    KIND_OF_ATOM,
    Both,
    Contains,
    Either,
    ExactlyOne,
    Formula,
    Formulas,
    KindIn,
    Named,
    Negation,
    OneOfValues,
    Truth,
    kind_of,
)

Choice: TypeAlias = tuple[Formula, bool]
READER, WRITER = 1, 2
_MOST_ALTERNATIVES = 48
"""An exclusive choice between more parts is only evaluated on documents that are found, and weakens no proof."""


class Restriction:
    """Formulas reduced to values of one type: type tests become truths, words about other types fall away."""

    def __init__(self, formulas: Formulas) -> None:
        self.formulas = formulas
        self._done: dict[tuple[Formula, int], Formula] = {}

    def to(self, formula: Formula, kind: int) -> Formula:
        """The formula as it reads for values of one type."""
        needed = KIND_OF_ATOM.get(type(formula))
        if needed is not None:
            return formula if needed & kind else self.formulas.true
        key = (formula, kind)
        known = self._done.get(key)
        if known is None:
            if isinstance(formula, Named):
                self._done[key] = self.formulas.opaque("a $ref that leads back to itself without going deeper", key)
            known = self._reduced(formula, kind)
            self._done[key] = known
        return known

    def _reduced(self, formula: Formula, kind: int) -> Formula:
        made = self.formulas
        match formula:
            case KindIn():
                return made.true if formula.mask & kind else made.false
            case OneOfValues():
                return made.one_of_values(value for value in formula.values if kind_of(value) == kind)
            case Both():
                return made.both(self.to(part, kind) for part in formula.parts)
            case Either():
                return made.either(self.to(part, kind) for part in formula.parts)
            case ExactlyOne():
                return made.exactly_one(self.to(part, kind) for part in formula.parts)
            case Negation():
                return made.negation(self.to(formula.part, kind))
            case Named():
                return self.to(formula.unfold(), kind)
            case _:
                return formula


@dataclass(slots=True)
class Branch:
    """Facts about one value: atoms with their truth, everything asserted so far, and clauses of which one choice must hold."""

    kind: int
    facts: dict[Formula, bool] = field(default_factory=dict[Formula, bool])
    sides: dict[Formula, int] = field(default_factory=dict[Formula, int])
    known: dict[Formula, bool] = field(default_factory=dict[Formula, bool])
    clauses: list[tuple[tuple[Choice, ...], bool]] = field(default_factory=list[tuple[tuple[Choice, ...], bool]])

    def copy(self) -> Branch:
        """An independent branch with the same facts."""
        return Branch(self.kind, dict(self.facts), dict(self.sides), dict(self.known), list(self.clauses))

    def assume(self, formulas: Formulas, formula: Formula, positive: bool, writer: bool) -> bool:
        """Add a fact with all that follows from its shape. False when it contradicts what is known."""
        stack: list[Choice] = [(formula, positive)]
        while stack:
            current, wanted = stack.pop()
            if isinstance(current, Truth):
                if current.value is not wanted:
                    return False
                continue
            side = WRITER if writer else READER
            before = self.known.get(current)
            if before is not None:
                if before is not wanted:
                    return False
                if current in self.sides:
                    self.sides[current] |= side
                continue
            self.known[current] = wanted
            match current:
                case Negation():
                    stack.append((current.part, not wanted))
                case Both() | Either():
                    if isinstance(current, Both) is wanted:
                        stack.extend((part, wanted) for part in reversed(current.parts))
                    else:
                        self.clauses.append((tuple((part, wanted) for part in current.parts), writer))
                case ExactlyOne():
                    self._distribute(formulas, current, wanted, writer)
                case Contains() if not wanted:
                    stack.append((_outside(formulas, current), True))
                case _:
                    self.facts[current] = wanted
                    self.sides[current] = side
        return True

    def _distribute(self, formulas: Formulas, formula: ExactlyOne, wanted: bool, writer: bool) -> None:
        parts = formula.parts
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
