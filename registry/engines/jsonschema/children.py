"""Which schemas below a pair correspond: properties by name, items by position, branches of unions by what they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from registry.engines.jsonschema.library import Schema
from registry.engines.jsonschema.sameness import Sameness
from registry.engines.jsonschema.values import key_of
from registry.engines.jsonschema.view import SchemaView, Union

_STEP: Final = {"additionalProperties": "{}", "patternProperties": "{}", "unevaluatedProperties": "{}"}
_ITEMS: Final = frozenset({"items", "prefixItems", "contains", "unevaluatedItems"})
_OPAQUE: Final = frozenset({"if", "propertyNames"})
"""Words whose schemas are judged as a whole: a change inside neither narrows nor widens by itself."""


@dataclass(frozen=True, slots=True)
class Child:
    """A pair below a pair: the way of the element there, whether narrowing inside widens outside (`not`), and if it is a branch."""

    member: str
    old: Schema
    new: Schema
    reversed: bool = False
    branch: bool = False


@dataclass(frozen=True, slots=True)
class MatchedUnion:
    """Two unions at one place: branches that correspond, and those without a partner."""

    old: Union
    new: Union
    pairs: tuple[tuple[Schema, Schema], ...]
    removed: tuple[Schema, ...]
    added: tuple[Schema, ...]


def children(old: SchemaView, new: SchemaView, sameness: Sameness) -> Iterator[Child]:
    """Every pair of schemas right below a pair that is not the same on both sides; `false` is told where it stands."""
    for child in _candidates(old, new, sameness):
        forbidden = child.old.refuses_all or child.new.refuses_all
        if not forbidden and not sameness.same(child.old, child.new):
            yield child


def _candidates(old: SchemaView, new: SchemaView, sameness: Sameness) -> Iterator[Child]:
    for name, before in old.properties.items():
        after = new.properties.get(name, ())
        yield from (Child(f".{name}", left, right) for left, right in _aligned(before, after, sameness))
    for (keyword, name), before in old.subschemas.items():
        if keyword in _OPAQUE:
            continue
        after = new.subschemas.get((keyword, name), ())
        member = "[]" if keyword in _ITEMS else _STEP.get(keyword, "")
        yield from (Child(member, left, right, keyword == "not") for left, right in _aligned(before, after, sameness))
    for union in matched_unions(old, new, sameness):
        yield from (Child("", left, right, branch=True) for left, right in union.pairs)


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
    if len(old.unions) == len(new.unions):
        for before, after in zip(old.unions, new.unions, strict=True):
            yield _matched(before, after, sameness)


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
            partner = next((other for other in right if _alike(branch, other, rank)), None)
            if partner is not None:
                pairs.append((branch, partner))
                left.remove(branch)
                right.remove(partner)
    return MatchedUnion(old, new, tuple(pairs), tuple(left), tuple(right))


def _alike(old: Schema, new: Schema, rank: int) -> bool:
    keys, others = _keys(old), _keys(new)
    return any(kind == rank and (kind, key) in others for kind, key in keys)


def _keys(branch: Schema) -> list[tuple[int, object]]:
    """What tells a branch from its siblings, best first: a tag property's constant, the name of its definition, its type."""
    view = SchemaView(branch)
    found: list[tuple[int, object]] = []
    for name, schemas in view.properties.items():
        values = SchemaView(schemas[0]).values
        if values is not None and isinstance(values.value, list) and len(values.value) == 1:
            found.append((0, (name, key_of(values.value[0]))))
    reference = branch.get("$ref")
    if isinstance(reference, str):
        found.append((1, reference.rsplit("/", 1)[-1]))
    elif isinstance(title := branch.note("title"), str):
        found.append((1, title))
    if not view.properties:
        found.append((2, view.types))
    return found
