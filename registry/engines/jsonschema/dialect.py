"""Dialects of JSON Schema: each is one record of facts and functions; the rest of the engine knows no draft by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeAlias

from registry.domain.change import Json

Steps: TypeAlias = tuple[str | int, ...]
"""The way from a schema to one of its subschemas: `("items", 0)`, `("properties", "sku")`."""
SchemaObject: TypeAlias = Mapping[str, Json]


class Holds(Enum):
    """What the value of a keyword holds: a schema, a list of schemas, a mapping of schemas."""

    ONE = "one"
    LIST = "list"
    MAP = "map"
    ONE_OR_LIST = "one or list"


@dataclass(frozen=True, slots=True)
class Bound:
    """One end of a range of numbers, and the keyword that sets it."""

    value: int | float
    exclusive: bool
    keyword: str


@dataclass(frozen=True, slots=True)
class ItemPlaces:
    """Where a schema describes array items: one place for each leading position, and one for all later items."""

    prefix: tuple[Steps, ...]
    rest: Steps | None


@dataclass(frozen=True, slots=True)
class Dialect:
    """One dialect. The functions take the schema object and answer in the same terms for every draft.

    `integral_floats`: whether 1.0 is an integer (draft 6 and later). `reference_stands_alone`: whether `$ref` hides its siblings.
    """

    name: str
    uri: str
    vocabulary: frozenset[str]
    subschemas: Mapping[str, Holds]
    id_keyword: str
    anchor_keywords: tuple[str, ...]
    reference_stands_alone: bool
    integral_floats: bool
    types: Callable[[SchemaObject], frozenset[str] | None]
    lower: Callable[[SchemaObject], tuple[Bound, ...]]
    upper: Callable[[SchemaObject], tuple[Bound, ...]]
    items: Callable[[SchemaObject], ItemPlaces]
    dependents: Callable[[SchemaObject], Iterator[tuple[str, tuple[str, ...] | Steps, bool]]]

    def get(self, schema: SchemaObject, keyword: str) -> Json:
        """The value of a keyword that this dialect knows, else None."""
        return schema.get(keyword) if keyword in self.vocabulary else None

    def places(self, schema: SchemaObject) -> Iterator[Steps]:
        """The way to every direct subschema."""
        for keyword, holds in self.subschemas.items():
            value = schema.get(keyword)
            if value is None:
                continue
            if isinstance(value, list) and holds in (Holds.LIST, Holds.ONE_OR_LIST):
                yield from ((keyword, index) for index in range(len(value)))
            elif isinstance(value, Mapping) and holds is Holds.MAP:
                yield from ((keyword, name) for name, part in value.items() if isinstance(part, Mapping | bool))
            elif isinstance(value, Mapping | bool) and holds in (Holds.ONE, Holds.ONE_OR_LIST):
                yield (keyword,)


def _number(value: Json) -> int | float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _types(schema: SchemaObject) -> frozenset[str] | None:
    value = schema.get("type")
    if isinstance(value, str):
        return frozenset({value})
    if isinstance(value, list):
        return frozenset(name for name in value if isinstance(name, str))
    return None


def _nullable_types(schema: SchemaObject) -> frozenset[str] | None:
    """OpenAPI 3.0.3: `nullable` adds null to a type that stands in the same schema object, and means nothing without one."""
    types = _types(schema)
    return types | {"null"} if types is not None and schema.get("nullable") is True else types


def _bounds(inclusive: str, exclusive: str) -> Callable[[SchemaObject], tuple[Bound, ...]]:
    def numeric(schema: SchemaObject) -> tuple[Bound, ...]:
        found = ((schema.get(inclusive), False, inclusive), (schema.get(exclusive), True, exclusive))
        return tuple(Bound(number, open_, word) for value, open_, word in found if (number := _number(value)) is not None)

    return numeric


def _flagged_bounds(inclusive: str, flag: str) -> Callable[[SchemaObject], tuple[Bound, ...]]:
    def flagged(schema: SchemaObject) -> tuple[Bound, ...]:
        number = _number(schema.get(inclusive))
        return () if number is None else (Bound(number, schema.get(flag) is True, inclusive),)

    return flagged


def _prefix_items(schema: SchemaObject) -> ItemPlaces:
    prefix = schema.get("prefixItems")
    count = len(prefix) if isinstance(prefix, list) else 0
    return ItemPlaces(tuple(("prefixItems", index) for index in range(count)), ("items",) if "items" in schema else None)


def _tuple_items(schema: SchemaObject) -> ItemPlaces:
    items = schema.get("items")
    if isinstance(items, list):
        rest: Steps | None = ("additionalItems",) if "additionalItems" in schema else None
        return ItemPlaces(tuple(("items", index) for index in range(len(items))), rest)
    return ItemPlaces((), ("items",) if "items" in schema else None)


def _one_items(schema: SchemaObject) -> ItemPlaces:
    return ItemPlaces((), ("items",) if "items" in schema else None)


def _names(value: Json) -> tuple[str, ...]:
    return tuple(name for name in value if isinstance(name, str)) if isinstance(value, list) else ()


def _dependencies(schema: SchemaObject) -> Iterator[tuple[str, tuple[str, ...] | Steps, bool]]:
    """Each dependency: the name that triggers it, then either required names (True) or the way to a schema (False)."""
    value = schema.get("dependencies")
    for name, part in value.items() if isinstance(value, Mapping) else ():
        if isinstance(part, list):
            yield name, _names(part), True
        else:
            yield name, ("dependencies", name), False


def _dependents(schema: SchemaObject) -> Iterator[tuple[str, tuple[str, ...] | Steps, bool]]:
    required = schema.get("dependentRequired")
    for name, part in required.items() if isinstance(required, Mapping) else ():
        yield name, _names(part), True
    schemas = schema.get("dependentSchemas")
    for name in schemas if isinstance(schemas, Mapping) else ():
        yield name, ("dependentSchemas", name), False


def _no_dependents(_: SchemaObject) -> Iterator[tuple[str, tuple[str, ...] | Steps, bool]]:
    yield from ()


_CORE: Final = frozenset(
    {
        *(
            "type",
            "enum",
            "multipleOf",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "minLength",
            "maxLength",
            "pattern",
        ),
        *(
            "format",
            "items",
            "minItems",
            "maxItems",
            "uniqueItems",
            "properties",
            "additionalProperties",
            "required",
            "minProperties",
        ),
        *("maxProperties", "allOf", "anyOf", "oneOf", "not", "$ref"),
    }
)
_DRAFT4: Final = _CORE | {"patternProperties", "additionalItems", "dependencies", "definitions"}
_DRAFT6: Final = _DRAFT4 | {"const", "contains", "propertyNames"}
_DRAFT7: Final = _DRAFT6 | {"if", "then", "else", "contentEncoding", "contentMediaType"}
_DRAFT201909: Final = (_DRAFT7 - {"dependencies"}) | {
    *("$defs", "dependentRequired", "dependentSchemas", "minContains", "maxContains"),
    *("unevaluatedItems", "unevaluatedProperties", "contentSchema", "$recursiveRef"),
}
_DRAFT202012: Final = (_DRAFT201909 - {"additionalItems", "$recursiveRef"}) | {"prefixItems", "$dynamicRef"}

_SUBSCHEMAS: Final[Mapping[str, Holds]] = {
    **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), Holds.LIST),
    **dict.fromkeys(("properties", "patternProperties", "definitions", "$defs", "dependencies", "dependentSchemas"), Holds.MAP),
    **dict.fromkeys(("not", "if", "then", "else", "contains", "propertyNames", "additionalProperties"), Holds.ONE),
    **dict.fromkeys(("additionalItems", "unevaluatedItems", "unevaluatedProperties", "contentSchema"), Holds.ONE),
    "items": Holds.ONE_OR_LIST,
}


def _holding(vocabulary: frozenset[str]) -> Mapping[str, Holds]:
    return {
        keyword: holds for keyword, holds in _SUBSCHEMAS.items() if keyword in vocabulary or keyword in ("definitions", "$defs")
    }


_NUMERIC = {"lower": _bounds("minimum", "exclusiveMinimum"), "upper": _bounds("maximum", "exclusiveMaximum")}
_FLAGGED = {"lower": _flagged_bounds("minimum", "exclusiveMinimum"), "upper": _flagged_bounds("maximum", "exclusiveMaximum")}

DRAFT4: Final = Dialect(
    name="draft 4",
    uri="http://json-schema.org/draft-04/schema",
    vocabulary=_DRAFT4,
    subschemas=_holding(_DRAFT4),
    id_keyword="id",
    anchor_keywords=(),
    reference_stands_alone=True,
    integral_floats=False,
    types=_types,
    items=_tuple_items,
    dependents=_dependencies,
    **_FLAGGED,
)
DRAFT6: Final = Dialect(
    name="draft 6",
    uri="http://json-schema.org/draft-06/schema",
    vocabulary=_DRAFT6,
    subschemas=_holding(_DRAFT6),
    id_keyword="$id",
    anchor_keywords=(),
    reference_stands_alone=True,
    integral_floats=True,
    types=_types,
    items=_tuple_items,
    dependents=_dependencies,
    **_NUMERIC,
)
DRAFT7: Final = Dialect(
    name="draft 7",
    uri="http://json-schema.org/draft-07/schema",
    vocabulary=_DRAFT7,
    subschemas=_holding(_DRAFT7),
    id_keyword="$id",
    anchor_keywords=(),
    reference_stands_alone=True,
    integral_floats=True,
    types=_types,
    items=_tuple_items,
    dependents=_dependencies,
    **_NUMERIC,
)
DRAFT201909: Final = Dialect(
    name="2019-09",
    uri="https://json-schema.org/draft/2019-09/schema",
    vocabulary=_DRAFT201909,
    subschemas=_holding(_DRAFT201909),
    id_keyword="$id",
    anchor_keywords=("$anchor",),
    reference_stands_alone=False,
    integral_floats=True,
    types=_types,
    items=_tuple_items,
    dependents=_dependents,
    **_NUMERIC,
)
DRAFT202012: Final = Dialect(
    name="2020-12",
    uri="https://json-schema.org/draft/2020-12/schema",
    vocabulary=_DRAFT202012,
    subschemas=_holding(_DRAFT202012),
    id_keyword="$id",
    anchor_keywords=("$anchor", "$dynamicAnchor"),
    reference_stands_alone=False,
    integral_floats=True,
    types=_types,
    items=_prefix_items,
    dependents=_dependents,
    **_NUMERIC,
)
OPENAPI30: Final = Dialect(
    name="OpenAPI 3.0",
    uri="https://spec.openapis.org/oas/3.0/schema",
    vocabulary=_CORE | {"nullable"},
    subschemas=_holding(_CORE),
    id_keyword="",
    anchor_keywords=(),
    reference_stands_alone=True,
    integral_floats=False,
    types=_nullable_types,
    items=_one_items,
    dependents=_no_dependents,
    **_FLAGGED,
)
OPENAPI31: Final = Dialect(
    name="OpenAPI 3.1",
    uri="https://spec.openapis.org/oas/3.1/dialect/base",
    vocabulary=_DRAFT202012,
    subschemas=_holding(_DRAFT202012),
    id_keyword="$id",
    anchor_keywords=("$anchor", "$dynamicAnchor"),
    reference_stands_alone=False,
    integral_floats=True,
    types=_types,
    items=_prefix_items,
    dependents=_dependents,
    **_NUMERIC,
)

JSON_SCHEMA_DIALECTS: Final = (DRAFT4, DRAFT6, DRAFT7, DRAFT201909, DRAFT202012)


def dialect_of(uri: str) -> Dialect | None:
    """The dialect that a `$schema` names, with or without the empty fragment; None when we do not know it."""
    plain = uri.removesuffix("#")
    known = (*JSON_SCHEMA_DIALECTS, OPENAPI31)
    return next((dialect for dialect in known if dialect.uri == plain), None)
