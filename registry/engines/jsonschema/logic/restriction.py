"""Formulas reduced to values of one type, and the types that matter for a formula at all."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Final, TypeAlias

from registry.engines.jsonschema.logic.formula import (
    EVERY_KIND,
    KIND_OF_ATOM,
    OBJECT,
    Both,
    Either,
    ExactlyOne,
    Formula,
    Formulas,
    Has,
    KindIn,
    Members,
    Named,
    NameIs,
    Negation,
    OneOfValues,
    Truth,
    kind_of,
)

Kinds: TypeAlias = tuple[int, int]
"""The types of which some value may fulfil a formula, and those of which some value may break it."""

_ANY: Final = (EVERY_KIND, EVERY_KIND)


class Restriction:
    """Type tests become truths, words about other types fall away, schemas that refer to themselves are unfolded; each once."""

    def __init__(self, formulas: Formulas) -> None:
        self.formulas = formulas
        self._done: dict[tuple[Formula, int], Formula] = {}
        self._kinds: dict[Formula, Kinds] = {}

    def kinds(self, formula: Formula) -> Kinds:
        """The types that the formula leaves and those that it touches, both rather too wide than too narrow."""
        atom = KIND_OF_ATOM.get(type(formula))
        if atom is not None:
            return EVERY_KIND, atom
        known = self._kinds.get(formula)
        if known is None:
            if isinstance(formula, Named):
                self._kinds[formula] = _ANY
            known = self._kinds_of(formula)
            self._kinds[formula] = known
        return known

    def _kinds_of(self, formula: Formula) -> Kinds:
        match formula:
            case Named():
                return self.kinds(formula.unfold())
            case Negation():
                left, touched = self.kinds(formula.part)
                return touched, left
            case Both():
                return self._joined(formula.parts)
            case Either() | ExactlyOne():
                return self._parted(formula)
            case KindIn():
                return formula.mask, EVERY_KIND & ~formula.mask
            case OneOfValues():
                left = 0
                for value in formula.values:
                    left |= kind_of(value)
                return left, EVERY_KIND
            case Truth():
                return (EVERY_KIND, 0) if formula.value else (0, EVERY_KIND)
            case _:
                return _ANY

    def _joined(self, parts: Iterable[Formula]) -> Kinds:
        left, touched = EVERY_KIND, 0
        for part in parts:
            part_left, part_touched = self.kinds(part)
            left &= part_left
            touched |= part_touched
        return left, touched

    def _parted(self, formula: Either | ExactlyOne) -> Kinds:
        left, touched = 0, EVERY_KIND
        for part in formula.parts:
            part_left, part_touched = self.kinds(part)
            left |= part_left
            touched &= part_touched
        return left, touched if isinstance(formula, Either) else EVERY_KIND

    def to(self, formula: Formula, kind: int) -> Formula:
        """The formula as it reads for values of one type."""
        left, touched = self.kinds(formula)
        if not left & kind:
            return self.formulas.false
        if not touched & kind:
            return self.formulas.true
        if type(formula) in KIND_OF_ATOM:
            return formula
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
                return made.both([self.to(part, kind) for part in formula.parts])
            case Either():
                return made.either([self.to(part, kind) for part in formula.parts])
            case ExactlyOne():
                parts = [self.to(part, kind) for part in formula.parts]
                return made.either(parts) if kind == OBJECT and are_tagged(parts) else made.exactly_one(parts)
            case Negation():
                return made.negation(self.to(formula.part, kind))
            case Named():
                return self.to(formula.unfold(), kind)
            case _:
                return formula


def are_tagged(parts: list[Formula]) -> bool:
    """Whether every part demands a property of one name with values that no other part admits: then no object fulfils two."""
    tags = [tags_of(part) for part in parts if not isinstance(part, Truth) or part.value]
    for name in set(tags[0]).intersection(*tags[1:]) if tags else ():
        keys = [key for each in tags for key in each[name]]
        if len(keys) == len(set(keys)):
            return True
    return False


def tags_of(formula: Formula) -> dict[str, frozenset[Hashable]]:
    """The properties that an object must have with one of a few values, where the formula says so itself."""
    parts = formula.parts if isinstance(formula, Both) else (formula,)
    required = {part.name for part in parts if isinstance(part, Has)}
    found: dict[str, frozenset[Hashable]] = {}
    for part in parts:
        if isinstance(part, Members) and isinstance(part.selector, NameIs) and part.selector.name in required:
            demands = part.formula.parts if isinstance(part.formula, Both) else (part.formula,)
            found.update((part.selector.name, demand.keys) for demand in demands if isinstance(demand, OneOfValues))
    return found
