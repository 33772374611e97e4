"""Proofs that one formula implies another, read off their shape: what most changes of a schema need, without any search.

Subsumption by structure (Brachman and Levesque 1984), with coinduction over finite documents: a pair met again deeper in the
document may be taken as proved, because a smallest counterexample has none inside. A pair without such a proof may still be
implied; the search decides that. Each pair is looked at once.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Final, TypeAlias

from registry.engines.jsonschema.logic.evaluate import covers
from registry.engines.jsonschema.logic.formula import (
    ARRAY,
    OBJECT,
    Both,
    Either,
    ExactlyOne,
    Formula,
    Formulas,
    Has,
    ItemAt,
    ItemCount,
    ItemsFrom,
    MemberCount,
    Members,
    NameIs,
    NameMatches,
    Negation,
)
from registry.engines.jsonschema.logic.profile import ArrayProfile, ObjectProfile, UnionIndex
from registry.engines.jsonschema.logic.restriction import Restriction
from registry.engines.jsonschema.logic.tabling import Table

Pair: TypeAlias = tuple[Formula, Formula]
Proof: TypeAlias = Generator[Pair, bool, bool]
"""A proof under way: it yields pairs of members or items, is sent whether they are proved, and returns whether it is."""

_MOST_TRIED: Final = 32
"""No more branches of a union are tried, or taken one by one."""
_DEEPEST_SPLIT: Final = 3


class Containment:
    """Proves implications between formulas of one store; every pair that was settled is remembered.

    `scalar` decides whether a pair of formulas about one type without parts is an implication. `lenient`: an open writer does not
    use, undeclared, a name that the reader declares.
    """

    def __init__(
        self,
        restriction: Restriction,
        scalar: Callable[[Formula, Formula, int], bool],
        spend: Callable[[int], None],
        *,
        lenient: bool,
    ) -> None:
        self._restriction = restriction
        self._formulas: Formulas = restriction.formulas
        self._scalar = scalar
        self._spend = spend
        self._lenient = lenient
        self._table: Table[Pair, bool] = Table(self._pair, hypothesis=True)
        self._reduced: dict[tuple[int, Formula, Formula], bool] = {}
        self._objects: dict[Formula, ObjectProfile] = {}
        self._arrays: dict[Formula, ArrayProfile] = {}
        self._indices: dict[Either, UnionIndex] = {}

    def proved(self, inner: Formula, outer: Formula) -> bool:
        """Whether every value that fulfils the first provably fulfils the second. Raises BudgetSpent and BadReference."""
        return self._same(inner, outer) or self._table.answer((inner, outer))

    def proved_of(self, kind: int, inner: Formula, outer: Formula) -> bool:
        """The same for formulas that were reduced to objects or arrays."""
        key = (kind, inner, outer)
        known = self._reduced.get(key)
        if known is None:
            known = self._reduced[key] = self._table.run(self._of_kind(kind, inner, outer, _DEEPEST_SPLIT))
        return known

    def _same(self, inner: Formula, outer: Formula) -> bool:
        return inner is outer or outer is self._formulas.true or inner is self._formulas.false

    def _pair(self, pair: Pair) -> Proof:
        """The proof of a pair, type by type."""
        self._spend(1)
        inner, outer = pair
        kinds = self._restriction.kinds(inner)[0] & self._restriction.kinds(outer)[1]
        kind = 1
        while kind <= kinds:
            if kinds & kind:
                left, right = self._restriction.to(inner, kind), self._restriction.to(outer, kind)
                if not self._same(left, right):
                    if kind not in (OBJECT, ARRAY):
                        if not self._scalar(left, right, kind):
                            return False
                    elif not (yield from self._of_kind(kind, left, right, _DEEPEST_SPLIT)):
                        return False
            kind <<= 1
        return True

    def _descent(self, inner: Formula, outer: Formula) -> Proof:
        return self._same(inner, outer) or (yield inner, outer)

    def _of_kind(self, kind: int, inner: Formula, outer: Formula, splits: int) -> Proof:
        """The proof for values of one type: by the parts of the outer formula, then by those of the inner one."""
        if self._same(inner, outer):
            return True
        if isinstance(outer, Both):
            known = self._parts(kind, inner)
            self._spend(1 + len(outer.parts) // 8)
            for part in outer.parts:
                if part not in known and not (yield from self._of_kind(kind, inner, part, splits)):
                    return False
            return True
        if isinstance(inner, Either):
            for part in inner.parts:
                if not (yield from self._of_kind(kind, part, outer, splits)):
                    return False
            return True
        if (yield from self._literal(kind, inner, outer)):
            return True
        return splits > 0 and (yield from self._split(kind, inner, outer, splits - 1))

    def _parts(self, kind: int, inner: Formula) -> frozenset[Formula]:
        return self._object(inner).parts if kind == OBJECT else self._array(inner).parts

    def _split(self, kind: int, inner: Formula, outer: Formula, splits: int) -> Proof:
        """By the cases of a union that the inner formula demands beside other things."""
        union = self._object(inner).union if kind == OBJECT else self._array(inner).union
        if union is None or len(union.parts) > _MOST_TRIED:
            return False
        rest = [part for part in inner.parts if part is not union] if isinstance(inner, Both) else []
        for part in union.parts:
            self._spend(1 + len(rest) // 8)
            if not (yield from self._of_kind(kind, self._formulas.both((*rest, part)), outer, splits)):
                return False
        return True

    def _literal(self, kind: int, inner: Formula, outer: Formula) -> Proof:
        """A single demand of the outer formula."""
        self._spend(1)
        if outer in self._parts(kind, inner):
            return True
        if isinstance(outer, Either):
            return (yield from self._some(kind, inner, outer))
        if isinstance(outer, ExactlyOne):
            return (yield from self._alike(kind, inner, outer))
        if kind == OBJECT:
            return (yield from self._about_object(self._object(inner), outer))
        return (yield from self._about_array(self._array(inner), outer))

    def _some(self, kind: int, inner: Formula, outer: Either) -> Proof:
        """Some branch of a union: the same one, else one that an object of this kind can belong to."""
        index = self._indices.get(outer)
        if index is None:
            self._spend(1 + len(outer.parts) // 2)
            index = self._indices[outer] = UnionIndex(outer)
        if inner in index.parts:
            return True
        for part in index.candidates(self._object(inner)) if kind == OBJECT else outer.parts[:_MOST_TRIED]:
            if (yield from self._of_kind(kind, inner, part, 0)):
                return True
        return False

    def _alike(self, kind: int, inner: Formula, outer: ExactlyOne) -> Proof:
        """An exclusive union of branches that mean the same, one by one, in both directions."""
        parts = inner.parts if isinstance(inner, Both) else (inner,)
        for union in parts:
            if self._lenient or not isinstance(union, ExactlyOne) or len(union.parts) != len(outer.parts):
                continue
            alike = True
            for one, other in zip(union.parts, outer.parts, strict=True):
                alike = (
                    alike and (yield from self._of_kind(kind, one, other, 1)) and (yield from self._of_kind(kind, other, one, 1))
                )
            if alike:
                return True
        return False

    def _object(self, inner: Formula) -> ObjectProfile:
        known = self._objects.get(inner)
        if known is None:
            known = self._objects[inner] = ObjectProfile(self._formulas, inner)
            self._spend(1 + len(known.parts) // 8)
        return known

    def _array(self, inner: Formula) -> ArrayProfile:
        known = self._arrays.get(inner)
        if known is None:
            known = self._arrays[inner] = ArrayProfile(self._formulas, inner)
        return known

    def _about_object(self, inner: ObjectProfile, outer: Formula) -> Proof:
        match outer:
            case Has():
                return outer.name in inner.required
            case Members():
                return (yield from self._members(inner, outer))
            case MemberCount():
                return inner.least >= outer.least and (outer.most is None or inner.most <= outer.most)
            case Negation():
                return isinstance(outer.part, Has) and inner.excludes(outer.part.name)
            case _:
                return False

    def _members(self, inner: ObjectProfile, outer: Members) -> Proof:
        selector = outer.selector
        if isinstance(selector, NameIs):
            if self._lenient and inner.leaves_undeclared(selector.name):
                return True
            return inner.excludes(selector.name) or (yield from self._descent(inner.member(selector.name), outer.formula))
        if isinstance(selector, NameMatches):
            return False
        for name in inner.named:
            self._spend(1)
            picked = covers(selector, name)
            if picked is False or inner.excludes(name):
                continue
            if not (yield from self._descent(inner.member(name), outer.formula)):
                return False
        for rest in inner.rests(selector):
            if not (yield from self._descent(rest, outer.formula)):
                return False
        return True

    def _about_array(self, inner: ArrayProfile, outer: Formula) -> Proof:
        match outer:
            case ItemAt():
                return inner.most <= outer.index or (yield from self._descent(inner.item(outer.index), outer.formula))
            case ItemsFrom():
                for index in range(outer.start, max(outer.start, inner.head) + 1):
                    self._spend(1)
                    if index < inner.most and not (yield from self._descent(inner.item(index), outer.formula)):
                        return False
                return True
            case ItemCount():
                return inner.least >= outer.least and (outer.most is None or inner.most <= outer.most)
            case _:
                return False
