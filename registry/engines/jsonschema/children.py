"""Which schemas below a pair correspond: properties by name, items by position, branches of unions by what they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from registry.engines.jsonschema.library import Schema
from registry.engines.jsonschema.sameness import Sameness
from registry.engines.jsonschema.statements import CONDITION, CONTAINS, conditions, contains, demands_one
from registry.engines.jsonschema.values import key_of
from registry.engines.jsonschema.view import SchemaView, Union, view_of

_STEP: Final = {"additionalProperties": "{}", "patternProperties": "{}", "unevaluatedProperties": "{}"}
_ITEMS: Final = frozenset({"items", "prefixItems", "contains", "unevaluatedItems"})
_OPAQUE: Final = frozenset({"if", "not", "propertyNames", "contentSchema"})
"""Words whose schemas are judged as a whole: a change inside neither narrows nor widens by itself."""
_GROUPED: Final = frozenset({"then", "else", "contains"})
_TOLD_ABOVE: Final = frozenset({"additionalProperties", "unevaluatedProperties", "unevaluatedItems"})
"""Words with rules of their own for a schema that becomes `true` or `false`."""
TAG: Final = 0
"""The best rank of what tells a branch from its siblings: the constant of a property."""
UNIONS: Final = ("anyOf", "oneOf")
_WITHIN: Final = {"dependentSchemas": ("dependentSchemas", "dependencies")}


@dataclass(frozen=True, slots=True)
class Child:
    """A pair below a pair, and the way of the element there.

    `within` are the words that bear on it together: where they refuse no document, no change inside does.
    """

    member: str
    old: Schema
    new: Schema
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MatchedUnion:
    """Two unions at one place: branches that correspond, and those without a partner."""

    old: Union
    new: Union
    pairs: tuple[tuple[Schema, Schema], ...]
    removed: tuple[Schema, ...]
    added: tuple[Schema, ...]


@dataclass(frozen=True, slots=True)
class AlignedUnions:
    """The unions of two sides: those that correspond, and those that only one side has."""

    pairs: tuple[tuple[Union, Union], ...]
    removed: tuple[Union, ...]
    added: tuple[Union, ...]


def children(old: SchemaView, new: SchemaView, sameness: Sameness) -> Iterator[Child]:
    """Every pair of schemas right below a pair that is not the same on both sides."""
    return (child for child in _candidates(old, new, sameness) if not sameness.same(child.old, child.new))


def _candidates(old: SchemaView, new: SchemaView, sameness: Sameness) -> Iterator[Child]:
    for name, before in old.properties.items():
        pairs = _aligned(before, new.properties.get(name, ()), sameness)
        yield from (Child(f".{name}", left, right) for left, right in pairs if not (left.refuses_all or right.refuses_all))
    for (keyword, name), before in old.subschemas.items():
        if keyword in _OPAQUE or keyword in _GROUPED:
            continue
        member = "[]" if keyword in _ITEMS else _STEP.get(keyword, "")
        for left, right in _aligned(before, new.subschemas.get((keyword, name), ()), sameness):
            if not _told_above(keyword, left, right):
                yield Child(member, left, right, _WITHIN.get(keyword, ()))
    yield from _grouped(old, new, sameness)
    for union in matched_unions(old, new, sameness):
        yield from (Child("", left, right, within=UNIONS) for left, right in union.pairs)


def _told_above(keyword: str, old: Schema, new: Schema) -> bool:
    """Whether the schema around the pair tells the change: undeclared properties or items became anything, or nothing."""
    if keyword == "items":
        return old.admits_all or new.admits_all
    return keyword in _TOLD_ABOVE and any(schema.admits_all or schema.refuses_all for schema in (old, new))


def _grouped(old: SchemaView, new: SchemaView, sameness: Sameness) -> Iterator[Child]:
    """Schemas whose bearing depends on the words beside them: a consequence on its test, the wanted items on how many."""
    if ("if", "") in old.subschemas:
        for before, after in conditions(old, new, sameness).pairs:
            if sameness.same(before.sub(("if",)), after.sub(("if",))):
                yield from (Child("", *sides, within=CONDITION) for sides in _both_state(("then", "else"), before, after))
    if ("contains", "") in old.subschemas:
        for before, after in contains(old, new, sameness).pairs:
            if demands_one(before) and demands_one(after):
                yield from (Child("[]", *sides, within=CONTAINS) for sides in _both_state(("contains",), before, after))


def _both_state(words: tuple[str, ...], old: Schema, new: Schema) -> Iterator[tuple[Schema, Schema]]:
    for word in words:
        if old.get(word) is not None and new.get(word) is not None:
            yield old.sub((word,)), new.sub((word,))


def _aligned(old: Sequence[Schema], new: Sequence[Schema], sameness: Sameness) -> Iterator[tuple[Schema, Schema]]:
    """Schemas of one place that `allOf` stated in parts: equal ones drop out, the others pair up in order."""
    if len(old) == len(new) == 1:
        yield old[0], new[0]
        return
    left = [schema for schema in old if not any(sameness.same(schema, other) for other in new)]
    right = [schema for schema in new if not any(sameness.same(other, schema) for other in old)]
    yield from zip(left, right, strict=False)


def matched_unions(old: SchemaView, new: SchemaView, sameness: Sameness) -> Iterator[MatchedUnion]:
    """The unions of both sides, in order; `anyOf` and `oneOf` correspond, because rewriting one as the other rarely matters."""
    return (_matched(before, after, sameness) for before, after in aligned_unions(old, new, sameness).pairs)


def aligned_unions(old: SchemaView, new: SchemaView, sameness: Sameness) -> AlignedUnions:
    """Which unions of both sides correspond: all in their order, or, where one side has more, those that are the same first."""
    left, right = list(old.unions), list(new.unions)
    pairs: list[tuple[Union, Union]] = []
    if len(left) != len(right):
        for union in tuple(left):
            partner = next((other for other in right if _same_union(union, other, sameness)), None)
            if partner is not None:
                pairs.append((union, partner))
                left.remove(union)
                right.remove(partner)
    count = min(len(left), len(right))
    pairs.extend(zip(left[:count], right[:count], strict=True))
    return AlignedUnions(tuple(pairs), tuple(left[count:]), tuple(right[count:]))


def _same_union(old: Union, new: Union, sameness: Sameness) -> bool:
    branches = zip(old.branches, new.branches, strict=False)
    return len(old.branches) == len(new.branches) and all(sameness.same(before, after) for before, after in branches)


def _matched(old: Union, new: Union, sameness: Sameness) -> MatchedUnion:
    left, right = list(old.branches), list(new.branches)
    pairs: list[tuple[Schema, Schema]] = []
    by_key = {key: branch for branch in right for key in _keys(branch)[:1]}
    for branch in tuple(left):
        key = next(iter(_keys(branch)), None)
        partner = by_key.get(key) if key is not None else None
        if partner is None or partner not in right or not sameness.same(branch, partner):
            partner = next((other for other in right if sameness.same(branch, other)), None)
        if partner is not None:
            pairs.append((branch, partner))
            left.remove(branch)
            right.remove(partner)
    for rank in range(3):
        for branch in tuple(left):
            partner = next((other for other in right if alike(branch, other, rank)), None)
            if partner is not None:
                pairs.append((branch, partner))
                left.remove(branch)
                right.remove(partner)
    return MatchedUnion(old, new, tuple(pairs), tuple(left), tuple(right))


def alike(old: Schema, new: Schema, rank: int) -> bool:
    """Whether two branches are told from their siblings by the same thing of a rank."""
    keys, others = _keys(old), _keys(new)
    return any(kind == rank and (kind, key) in others for kind, key in keys)


def _keys(branch: Schema) -> list[tuple[int, object]]:
    """What tells a branch from its siblings, best first: a tag property's constant, the name of its definition, its type."""
    view = view_of(branch.followed())
    found: list[tuple[int, object]] = []
    for name, schemas in view.properties.items():
        values = view_of(schemas[0].followed()).values
        if values is not None and isinstance(values.value, list) and len(values.value) == 1:
            found.append((TAG, (name, key_of(values.value[0]))))
    reference = branch.get("$ref")
    if isinstance(reference, str):
        found.append((1, reference.rsplit("/", 1)[-1]))
    elif isinstance(title := branch.note("title"), str):
        found.append((1, title))
    if not view.properties:
        found.append((2, view.types))
    return found
