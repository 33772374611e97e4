"""Formulas about one JSON value. Equal formulas are one object, so sets and lookups cost nothing.

Every atom speaks about one type and holds of values of other types, as JSON Schema's words do. The types are those of `kinds`:
`number` is split into integers and fractions, so that each of them can be reasoned about on its own.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeAlias, TypeVar

from registry.domain.change import Json
from registry.engines.jsonschema.values import key_of

NULL, BOOLEAN, INTEGER, FRACTION, STRING, ARRAY, OBJECT = (1 << bit for bit in range(7))
NUMBER: Final = INTEGER | FRACTION
EVERY_KIND: Final = 127

Exact: TypeAlias = "Fraction | int"


@dataclass(frozen=True, eq=False, slots=True)
class Formula:
    """The root. Identity is equality: make formulas with `Formulas` only."""

    number: int


@dataclass(frozen=True, eq=False, slots=True)
class Truth(Formula):
    """Always, or never."""

    value: bool


@dataclass(frozen=True, eq=False, slots=True)
class Both(Formula):
    """All parts hold."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Either(Formula):
    """Some part holds."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, eq=False, slots=True)
class ExactlyOne(Formula):
    """One part holds and no other."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Negation(Formula):
    """The part does not hold."""

    part: Formula


@dataclass(frozen=True, eq=False, slots=True)
class Named(Formula):
    """A schema that contains itself; unfolded when somebody needs to look inside."""

    name: Hashable
    unfold: Callable[[], Formula]


@dataclass(frozen=True, eq=False, slots=True)
class Opaque(Formula):
    """A construct that is not understood. It can still be seen to be the same as, or the opposite of, another."""

    construct: str


@dataclass(frozen=True, eq=False, slots=True)
class KindIn(Formula):
    """The value is of one of these types."""

    mask: int


@dataclass(frozen=True, eq=False, slots=True)
class OneOfValues(Formula):
    """The value is one of these."""

    values: tuple[Json, ...]
    keys: frozenset[Hashable]


@dataclass(frozen=True, eq=False, slots=True)
class AtLeast(Formula):
    """A number is not below the limit (above it, when exclusive)."""

    limit: Exact
    exclusive: bool


@dataclass(frozen=True, eq=False, slots=True)
class AtMost(Formula):
    """A number is not above the limit (below it, when exclusive)."""

    limit: Exact
    exclusive: bool


@dataclass(frozen=True, eq=False, slots=True)
class MultipleOf(Formula):
    """A number divides by the step."""

    step: Exact


@dataclass(frozen=True, eq=False, slots=True)
class Length(Formula):
    """A text has this many characters."""

    least: int
    most: int | None


@dataclass(frozen=True, eq=False, slots=True)
class Matches(Formula):
    """A text matches the pattern somewhere."""

    pattern: str


@dataclass(frozen=True, slots=True)
class NameIs:
    """The property of this name."""

    name: str


@dataclass(frozen=True, slots=True)
class NameMatches:
    """Properties whose name matches."""

    pattern: str


@dataclass(frozen=True, slots=True)
class OtherNames:
    """Properties that have none of these names and match none of these patterns."""

    names: frozenset[str]
    patterns: frozenset[str]


Selector: TypeAlias = NameIs | NameMatches | OtherNames


@dataclass(frozen=True, eq=False, slots=True)
class Members(Formula):
    """Every selected member of an object fulfils the formula."""

    selector: Selector
    formula: Formula


@dataclass(frozen=True, eq=False, slots=True)
class Has(Formula):
    """An object has the property."""

    name: str


@dataclass(frozen=True, eq=False, slots=True)
class Names(Formula):
    """Every name in an object, as a text, fulfils the formula."""

    formula: Formula


@dataclass(frozen=True, eq=False, slots=True)
class MemberCount(Formula):
    """An object has this many members."""

    least: int
    most: int | None


@dataclass(frozen=True, eq=False, slots=True)
class ItemAt(Formula):
    """The item at the index, if there is one, fulfils the formula."""

    index: int
    formula: Formula


@dataclass(frozen=True, eq=False, slots=True)
class ItemsFrom(Formula):
    """Every item from the index on fulfils the formula."""

    start: int
    formula: Formula


@dataclass(frozen=True, eq=False, slots=True)
class Contains(Formula):
    """Between `least` and `most` items of an array fulfil the formula."""

    formula: Formula
    least: int
    most: int | None


@dataclass(frozen=True, eq=False, slots=True)
class ItemCount(Formula):
    """An array has this many items."""

    least: int
    most: int | None


@dataclass(frozen=True, eq=False, slots=True)
class Unique(Formula):
    """No two items of an array are equal."""


KIND_OF_ATOM: Final[dict[type[Formula], int]] = {
    **dict.fromkeys((AtLeast, AtMost, MultipleOf), NUMBER),
    **dict.fromkeys((Length, Matches), STRING),
    **dict.fromkeys((Members, Has, Names, MemberCount), OBJECT),
    **dict.fromkeys((ItemAt, ItemsFrom, Contains, ItemCount, Unique), ARRAY),
}
"""The types that an atom constrains."""

Kind = TypeVar("Kind", bound=Formula)


class Formulas:
    """Makes formulas, each once, and simplifies on the way."""

    def __init__(self) -> None:
        self._made: dict[Hashable, Formula] = {}
        self.true = self._make(Truth, True)
        self.false = self._make(Truth, False)

    def _make(self, kind: type[Kind], *fields: object, key: Hashable = None) -> Kind:
        identity = (kind, fields if key is None else key)
        known = self._made.get(identity)
        if known is None:
            known = kind(len(self._made), *fields)
            self._made[identity] = known
        return known  # type: ignore[return-value]  # the key starts with the class

    def both(self, parts: Iterable[Formula]) -> Formula:
        """Conjunction."""
        found: dict[Formula, None] = {}
        for part in parts:
            if part is self.false:
                return self.false
            if isinstance(part, Both):
                found.update(dict.fromkeys(part.parts))
            elif part is not self.true:
                found[part] = None
        if any(isinstance(part, Negation) and part.part in found for part in found):
            return self.false
        return self._joined(Both, found, self.true)

    def either(self, parts: Iterable[Formula]) -> Formula:
        """Disjunction."""
        found: dict[Formula, None] = {}
        for part in parts:
            if part is self.true:
                return self.true
            if isinstance(part, Either):
                found.update(dict.fromkeys(part.parts))
            elif part is not self.false:
                found[part] = None
        if any(isinstance(part, Negation) and part.part in found for part in found):
            return self.true
        return self._joined(Either, found, self.false)

    def _joined(self, kind: type[Both] | type[Either], found: dict[Formula, None], empty: Formula) -> Formula:
        if not found:
            return empty
        if len(found) == 1:
            return next(iter(found))
        return self._make(kind, tuple(found), key=frozenset(found))

    def exactly_one(self, parts: Iterable[Formula]) -> Formula:
        """Exclusive disjunction: the same formula twice can never be the one."""
        real = [part for part in parts if part is not self.false]
        if sum(part is self.true for part in real) > 1:
            return self.false
        if self.true in real:
            return self.negation(self.either(part for part in real if part is not self.true))
        if len(real) < 2:
            return real[0] if real else self.false
        return self._make(ExactlyOne, tuple(sorted(real, key=number_of)))

    def negation(self, part: Formula) -> Formula:
        """Complement."""
        if isinstance(part, Truth):
            return self.false if part.value else self.true
        return part.part if isinstance(part, Negation) else self._make(Negation, part)

    def named(self, name: Hashable, unfold: Callable[[], Formula]) -> Formula:
        """A recursive schema."""
        return self._make(Named, name, unfold, key=name)

    def opaque(self, construct: str, identity: Hashable) -> Formula:
        """Something not understood; equal identities mean equal meaning."""
        return self._make(Opaque, construct, key=(construct, identity))

    def kind_in(self, mask: int) -> Formula:
        """A type test."""
        return self.true if mask == EVERY_KIND else self.false if mask == 0 else self._make(KindIn, mask)

    def one_of_values(self, values: Iterable[Json]) -> Formula:
        """A finite list of values."""
        keyed = {key_of(value): value for value in values}
        keys = frozenset(keyed)
        return self._make(OneOfValues, tuple(keyed.values()), keys, key=keys) if keys else self.false

    def at_least(self, limit: Exact, exclusive: bool) -> Formula:
        """A lower bound."""
        return self._make(AtLeast, limit, exclusive)

    def at_most(self, limit: Exact, exclusive: bool) -> Formula:
        """An upper bound."""
        return self._make(AtMost, limit, exclusive)

    def multiple_of(self, step: Exact) -> Formula:
        """Divisibility."""
        return self._make(MultipleOf, step)

    def length(self, least: int, most: int | None) -> Formula:
        """The length of a text."""
        return self.true if least <= 0 and most is None else self._make(Length, max(least, 0), most)

    def matches(self, pattern: str) -> Formula:
        """A pattern."""
        return self.true if pattern == "" else self._make(Matches, pattern)

    def members(self, selector: Selector, formula: Formula) -> Formula:
        """A demand on members. One on a named property is kept even if it demands nothing: it declares the name."""
        if formula is self.true and not isinstance(selector, NameIs):
            return self.true
        return self._make(Members, selector, formula)

    def has(self, name: str) -> Formula:
        """Presence of a property."""
        return self._make(Has, name)

    def names(self, formula: Formula) -> Formula:
        """A demand on all names."""
        return self.true if formula is self.true else self._make(Names, formula)

    def member_count(self, least: int, most: int | None) -> Formula:
        """The size of an object."""
        return self.true if least <= 0 and most is None else self._make(MemberCount, max(least, 0), most)

    def item_at(self, index: int, formula: Formula) -> Formula:
        """A demand on one item."""
        return self.true if formula is self.true else self._make(ItemAt, index, formula)

    def items_from(self, start: int, formula: Formula) -> Formula:
        """A demand on the later items."""
        return self.true if formula is self.true else self._make(ItemsFrom, start, formula)

    def contains(self, formula: Formula, least: int, most: int | None) -> Formula:
        """A demand on how many items fulfil a formula."""
        if least <= 0 and most is None:
            return self.true
        return self._make(Contains, formula, max(least, 0), most)

    def item_count(self, least: int, most: int | None) -> Formula:
        """The size of an array."""
        return self.true if least <= 0 and most is None else self._make(ItemCount, max(least, 0), most)

    def unique(self) -> Formula:
        """All items differ."""
        return self._make(Unique)


def number_of(formula: Formula) -> int:
    """When a formula was made: an order that is the same in every run."""
    return formula.number


_KIND_OF_CLASS: Final[dict[type, int]] = {bool: BOOLEAN, int: INTEGER, str: STRING, list: ARRAY, dict: OBJECT}


def kind_of(value: Json) -> int:
    """The type bit of a value; 1.0 counts as an integer."""
    if value is None:
        return NULL
    kind = _KIND_OF_CLASS.get(value.__class__)
    if kind is not None:
        return kind
    if isinstance(value, float):
        return INTEGER if value.is_integer() else FRACTION
    return ARRAY if isinstance(value, list | tuple) else OBJECT
