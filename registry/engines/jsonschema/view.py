"""A schema as its reader sees it: references followed, `allOf` and single-branch unions dissolved, `nullable` in any spelling."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from registry.domain.change import Json
from registry.domain.location import Location
from registry.engines.jsonschema.dialect import Bound
from registry.engines.jsonschema.library import Projection, Schema
from registry.engines.jsonschema.values import same_value

_BITS: Final = {"null": 1, "boolean": 2, "integer": 4, "number": 12, "string": 16, "array": 32, "object": 64}
NULL: Final = 1
ARRAY: Final = 32
OBJECT: Final = 64
ANY_TYPE: Final = 127
_COMPOUND: Final = frozenset({"$ref", "allOf", "anyOf", "oneOf"})
_ANNOTATIONS: Final = frozenset({"title", "description", "deprecated", "$comment", "type"})


@dataclass(frozen=True, slots=True)
class Part:
    """A schema object that holds at the place; `nullable` when null passes beside it (`anyOf: [it, {type: null}]`)."""

    schema: Schema
    nullable: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """What a keyword says, and where."""

    value: Json
    location: Location


@dataclass(frozen=True, slots=True)
class Union:
    """An `anyOf` or `oneOf` with more than one real branch."""

    keyword: str
    schema: Schema
    branches: tuple[Schema, ...]


class SchemaView:
    """The merged reading of one schema. Every fact keeps the place that states it."""

    def __init__(self, schema: Schema) -> None:
        self.named = schema
        self.schema = schema.followed()
        self.parts: tuple[Part, ...] = tuple(_parts(self.schema)) if schema is self.schema else view_of(self.schema).parts

    @property
    def location(self) -> Location:
        """The place that the view is of, behind references."""
        return self.schema.location

    @property
    def refuses_all(self) -> bool:
        """Whether the schema is `false`."""
        return any(part.schema.refuses_all for part in self.parts)

    def facts(self, keyword: str) -> Iterator[Fact]:
        """Every statement of a keyword, outermost first."""
        for part in self.parts:
            value = part.schema.get(keyword)
            if value is not None:
                yield Fact(value, part.schema.at(keyword))

    def note(self, keyword: str) -> Fact | None:
        """The outermost statement of an annotation, looking at the reference's own place first."""
        for schema in (self.named, *(part.schema for part in self.parts)):
            if keyword in schema.body:
                return Fact(schema.body[keyword], schema.at(keyword))
        return None

    @cached_property
    def types(self) -> int:
        """The admitted types as bits; `integer` is a part of `number`."""
        mask = ANY_TYPE
        for part in self.parts:
            names = part.schema.library.dialect.types(part.schema.body) if part.schema.get("type") is not None else None
            if names is not None:
                mask &= sum_bits(names) | (NULL if part.nullable else 0)
        for union in self.unions:
            mask &= _union_types(union)
        return mask

    @cached_property
    def values(self) -> Fact | None:
        """The finite list of values that `enum`, `const` or a union of constants leaves."""
        found: Fact | None = None
        for part in self.parts:
            fact = _values_of(part)
            if fact is None:
                continue
            if found is None:
                found = fact
            else:
                kept = [value for value in _list(found.value) if any(same_value(value, other) for other in _list(fact.value))]
                found = Fact(kept, fact.location)
        return found

    @cached_property
    def lower(self) -> tuple[Bound, Location] | None:
        """The tightest lower bound."""
        bounds = ((part.schema, part.schema.library.dialect.lower(part.schema.body)) for part in self._bounded())
        found = [(bound, schema.at(bound.keyword)) for schema, stated in bounds for bound in stated]
        return max(found, key=lambda item: (item[0].value, item[0].exclusive), default=None)

    @cached_property
    def upper(self) -> tuple[Bound, Location] | None:
        """The tightest upper bound."""
        bounds = ((part.schema, part.schema.library.dialect.upper(part.schema.body)) for part in self._bounded())
        found = [(bound, schema.at(bound.keyword)) for schema, stated in bounds for bound in stated]
        return min(found, key=lambda item: (item[0].value, not item[0].exclusive), default=None)

    def _bounded(self) -> Iterator[Part]:
        return (part for part in self.parts if not part.schema.is_bare_reference)

    def least(self, keyword: str) -> Fact | None:
        """The smallest number that a keyword states: the effective `maxLength`."""
        return min(self._numbers(keyword), key=lambda fact: _as_number(fact.value), default=None)

    def greatest(self, keyword: str) -> Fact | None:
        """The largest number that a keyword states: the effective `minLength`."""
        return max(self._numbers(keyword), key=lambda fact: _as_number(fact.value), default=None)

    def _numbers(self, keyword: str) -> Iterator[Fact]:
        return (fact for fact in self.facts(keyword) if isinstance(fact.value, int | float) and not isinstance(fact.value, bool))

    @cached_property
    def properties(self) -> Mapping[str, tuple[Schema, ...]]:
        """Every declared property with the schemas it must fulfil, without those that the projection leaves out."""
        found: dict[str, tuple[Schema, ...]] = {}
        for part in self.parts:
            named = part.schema.get("properties")
            for name in named if isinstance(named, Mapping) else ():
                schema = part.schema.sub(("properties", name))
                if not left_out(schema):
                    found[name] = (*found.get(name, ()), schema)
        return found

    @cached_property
    def declared(self) -> frozenset[str]:
        """Every name that is declared here or in some branch of a union or condition: moving a property there removes nothing."""
        found: set[str] = set()
        seen: set[Schema] = set()
        stack = [part.schema for part in self.parts]
        while stack:
            schema = stack.pop()
            if schema in seen:
                continue
            seen.add(schema)
            named = schema.get("properties")
            found.update(named if isinstance(named, Mapping) else ())
            for keyword in ("anyOf", "oneOf", "allOf"):
                stack.extend(_branches(schema, keyword))
            stack.extend(schema.sub((word,)) for word in ("if", "then", "else") if schema.get(word) is not None)
            if (target := schema.target) is not None:
                stack.append(target)
        return frozenset(found)

    @cached_property
    def required(self) -> Mapping[str, Location]:
        """Every required name and the list that requires it, without what the projection leaves out."""
        found: dict[str, Location] = {}
        for part in self.parts:
            for name in _list(part.schema.get("required")):
                if isinstance(name, str) and name not in found and name not in self.hidden:
                    found[name] = part.schema.at("required")
        return found

    @cached_property
    def hidden(self) -> Mapping[str, Schema]:
        """The declared properties that the projection leaves out."""
        if self.schema.library.projection is Projection.ALL:
            return {}
        found: dict[str, Schema] = {}
        for part in self.parts:
            named = part.schema.get("properties")
            for name in named if isinstance(named, Mapping) else ():
                if name not in self.properties and name not in found:
                    found[name] = part.schema.sub(("properties", name))
        return found

    @cached_property
    def left_out(self) -> bool:
        """Whether a property that is this schema does not exist in the library's projection."""
        word = self.schema.library.projection.value
        return bool(word) and any(part.schema.note(word) is True for part in self.parts)

    @cached_property
    def subschemas(self) -> Mapping[tuple[str, str], tuple[Schema, ...]]:
        """Schemas under other keywords than `properties` and unions: by keyword and, for maps and lists, name or index."""
        found: dict[tuple[str, str], tuple[Schema, ...]] = {}
        for part in self.parts:
            dialect = part.schema.library.dialect
            places = dialect.items(part.schema.body) if not part.schema.is_bare_reference else None
            for index, steps in enumerate(places.prefix if places else ()):
                key = ("prefixItems", str(index))
                found[key] = (*found.get(key, ()), part.schema.sub(steps))
            if places and places.rest:
                found[("items", "")] = (*found.get(("items", ""), ()), part.schema.sub(places.rest))
            for keyword in _SINGLE:
                if part.schema.get(keyword) is not None:
                    found[(keyword, "")] = (*found.get((keyword, ""), ()), part.schema.sub((keyword,)))
            for keyword in _MAPPED:
                named = part.schema.get(keyword)
                for name, value in named.items() if isinstance(named, Mapping) else ():
                    if isinstance(value, Mapping | bool):
                        key = (_DEPENDENT.get(keyword, keyword), name)
                        found[key] = (*found.get(key, ()), part.schema.sub((keyword, name)))
        return found

    @cached_property
    def unions(self) -> tuple[Union, ...]:
        """The unions that remain after single branches, nullability and lists of constants are read as what they mean."""
        found: list[Union] = []
        for part in self.parts:
            for keyword in ("anyOf", "oneOf"):
                branches = _branches(part.schema, keyword)
                if len(branches) > 1 and _nullable_branch(branches) is None and _constants(part.schema, keyword) is None:
                    found.append(Union(keyword, part.schema, branches))
        return tuple(found)


def view_of(schema: Schema) -> SchemaView:
    """The view of a schema, made once: the same property is looked at from many sides."""
    if not isinstance(schema.reading, SchemaView):
        schema.reading = SchemaView(schema)
    return schema.reading


_SINGLE: Final = (
    *("additionalProperties", "propertyNames", "contains", "not", "if", "then", "else"),
    *("unevaluatedProperties", "unevaluatedItems", "contentSchema"),
)
_MAPPED: Final = ("patternProperties", "dependentSchemas", "dependencies")
_DEPENDENT: Final = {"dependencies": "dependentSchemas"}
"""Drafts up to 7 keep under `dependencies` what 2019-09 splits in two."""


def _union_types(union: Union, depth: int = 4) -> int:
    """The types that some branch admits, looking through branches that are unions themselves to a small depth."""
    mask = 0
    for branch in union.branches:
        types = ANY_TYPE
        for part in view_of(branch.followed()).parts:
            names = part.schema.library.dialect.types(part.schema.body) if part.schema.get("type") is not None else None
            if names is not None:
                types &= sum_bits(names) | (NULL if part.nullable else 0)
            if depth:
                for keyword in ("anyOf", "oneOf"):
                    branches = _branches(part.schema, keyword)
                    if len(branches) > 1 and _nullable_branch(branches) is None:
                        types &= _union_types(Union(keyword, part.schema, branches), depth - 1)
        mask |= types
    return mask


def sum_bits(names: frozenset[str]) -> int:
    """The bits of a set of type names."""
    mask = 0
    for name in names:
        mask |= _BITS.get(name, 0)
    return mask


def type_names(mask: int) -> str:
    """The bits as words: `integer or string`."""
    if mask == ANY_TYPE:
        return "any type"
    names = [name for name, bits in _BITS.items() if mask & bits == bits and not (name == "integer" and mask & 12 == 12)]
    return " or ".join(names) or "nothing"


def left_out(schema: Schema) -> bool:
    """Whether a property does not exist in the library's projection: readOnly in a request, writeOnly in a response."""
    word = schema.library.projection.value
    if not word:
        return False
    if schema.note(word) is True:
        return True
    return not _COMPOUND.isdisjoint(schema.body) and view_of(schema.followed()).left_out


def _parts(schema: Schema) -> Iterator[Part]:
    if _COMPOUND.isdisjoint(schema.body):
        yield Part(schema, nullable=False)
        return
    seen: set[Schema] = set()
    stack = [(schema, False)]
    while stack:
        current, nullable = stack.pop()
        if current in seen:
            continue
        seen.add(current)
        if not current.is_bare_reference:
            yield Part(current, nullable)
        more = [(branch, nullable) for branch in _branches(current, "allOf")]
        if (target := current.target) is not None:
            more.append((target, nullable))
        for keyword in ("anyOf", "oneOf"):
            branches = _branches(current, keyword)
            if len(branches) == 1:
                more.append((branches[0], nullable))
            elif (other := _nullable_branch(branches)) is not None:
                more.append((other, True))
        stack.extend(reversed(more))


def _branches(schema: Schema, keyword: str) -> tuple[Schema, ...]:
    listed = schema.get(keyword)
    return tuple([schema.sub((keyword, index)) for index in range(len(listed))]) if isinstance(listed, list) else ()


def _nullable_branch(branches: tuple[Schema, ...]) -> Schema | None:
    """X of `anyOf: [X, {type: null}]`."""
    if len(branches) != 2:
        return None
    nulls = [branch for branch in branches if branch.get("type") == "null"]
    others = [branch for branch in branches if branch.get("type") != "null"]
    return others[0] if len(nulls) == len(others) == 1 else None


def _constants(schema: Schema, keyword: str) -> list[Json] | None:
    """The values of a union whose branches are constants and nothing else, when no value stands in two of them."""
    found: list[Json] = []
    for branch in _branches(schema, keyword):
        place = branch.followed()
        if not place.body.keys() - _ANNOTATIONS <= {"const", "enum"}:
            return None
        fact = _stated(place)
        if fact is None:
            return None
        found.extend(_list(fact.value))
    distinct = all(not same_value(value, other) for index, value in enumerate(found) for other in found[:index])
    return found if len(found) > 1 and distinct else None


def _stated(schema: Schema) -> Fact | None:
    if "const" in schema.library.dialect.vocabulary and "const" in schema.body:
        return Fact([schema.body["const"]], schema.at("const"))
    listed = schema.get("enum")
    return Fact(listed, schema.at("enum")) if isinstance(listed, list) else None


def _values_of(part: Part) -> Fact | None:
    fact = _stated(part.schema)
    if fact is None:
        for keyword in ("anyOf", "oneOf"):
            constants = _constants(part.schema, keyword)
            if constants is not None:
                fact = Fact(constants, part.schema.at(keyword))
    if fact is not None and part.nullable and not any(value is None for value in _list(fact.value)):
        return Fact([*_list(fact.value), None], fact.location)
    return fact


def _list(value: Json) -> list[Json]:
    return list(value) if isinstance(value, list) else []


def _as_number(value: Json) -> float:
    return value if isinstance(value, int | float) else 0
