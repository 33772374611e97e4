"""Whether a document that breaks a part is surely a part of one that breaks the whole.

Most schemas around a change are plain: an object with some properties, a list, a choice between branches that nothing confuses.
There it takes no search to see that what breaks the inside breaks the outside too. Whatever is not plain is answered with no,
which only means that somebody has to look.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from registry.domain.change import Json
from registry.domain.verdict import Direction
from registry.engines.jsonschema.children import UNIONS, Child
from registry.engines.jsonschema.library import Schema
from registry.engines.jsonschema.pair import SchemaPair
from registry.engines.jsonschema.values import key_of
from registry.engines.jsonschema.view import ARRAY, OBJECT, SchemaView, view_of

_NAMESPACES: Final = frozenset({"definitions", "$defs"})
_TRANSPARENT: Final = _NAMESPACES | {"$ref", "allOf", "type", "nullable", "format"}
_OF_OBJECTS: Final = _TRANSPARENT | {"properties", "required", "additionalProperties"}
_OF_ARRAYS: Final = _TRANSPARENT | {"items", "minItems", "maxItems"}
_OF_SCALARS: Final = frozenset(
    {
        "enum",
        "const",
        "minLength",
        "maxLength",
        "pattern",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
    }
)
_INHABITED: Final = _OF_OBJECTS | _OF_ARRAYS | _OF_SCALARS | {"uniqueItems"}
_COMPOSED: Final = frozenset({"anyOf", "oneOf", "nullable"})
"""Unions, and a word that means nothing where no type stands beside it."""


class Showing:
    """Answers for many parts; what it found out about schemas on the way is kept."""

    def __init__(self) -> None:
        self._known: dict[Schema, bool] = {}

    def through(self, pair: SchemaPair, child: Child, direction: Direction) -> bool:
        """Whether what breaks a child, in a direction, surely breaks the pair that it is below, in the same direction."""
        backward = direction is Direction.BACKWARD
        writer, reader = (pair.old, pair.new) if backward else (pair.new, pair.old)
        inner, inner_reader = (child.old, child.new) if backward else (child.new, child.old)
        if child.within == UNIONS:
            return _one_of_branches(writer, reader, inner, inner_reader)
        if child.within:
            return False
        if child.member == "[]":
            return _the_items(writer, inner) and not _has(reader, "prefixItems")
        if child.member == "{}":
            named = ("patternProperties", "unevaluatedProperties")
            values = writer.subschemas.get(("additionalProperties", "")) == (inner,)
            return values and not _has(writer, *named) and not _has(reader, *named) and self._plain_object(writer)
        if not child.member.startswith("."):
            return False
        name = child.member[1:]
        return writer.properties.get(name) == (inner,) and self._plain_object(writer, besides=name)

    def _plain_object(self, view: SchemaView, besides: str | None = None) -> bool:
        """Whether some object fits a view whatever one of its members is, as long as that fits its own schema."""
        if not view.types & OBJECT or not _says_only(view, _OF_OBJECTS):
            return False
        closed = any(part.schema.get("additionalProperties") is not None for part in view.parts)
        if closed and sum(not part.schema.is_bare_reference for part in view.parts) > 1:
            return False
        return all(self._property_inhabited(view, name) for name in view.required if name != besides)

    def _property_inhabited(self, view: SchemaView, name: str) -> bool:
        schemas = view.properties.get(name, ())
        return len(schemas) == 1 and self._inhabited(schemas[0].followed())

    def _inhabited(self, schema: Schema) -> bool:
        """Whether a document is seen at once to fit a schema. What is asked about itself on the way counts as not seen."""
        if schema not in self._known:
            self._known[schema] = False
            self._known[schema] = self._sample_exists(view_of(schema))
        return self._known[schema]

    def _sample_exists(self, view: SchemaView) -> bool:
        if view.refuses_all:
            return False
        if view.values is not None:
            return bool(view.values.value)
        if view.unions:
            alone = len(view.parts) == 1 and view.unions[0].keyword == "anyOf" and _asserted(view.schema) <= _COMPOSED | _NAMESPACES
            return alone and any(self._inhabited(branch.followed()) for branch in view.unions[0].branches)
        if not _says_only(view, _INHABITED):
            return False
        if view.types & ~(OBJECT | ARRAY):
            return True
        least = view.greatest("minItems")
        if view.types & ARRAY and (least is None or least.value == 0):
            return True
        return bool(view.types & OBJECT) and all(self._property_inhabited(view, name) for name in view.required)


def _the_items(view: SchemaView, inner: Schema) -> bool:
    if not view.types & ARRAY or not _says_only(view, _OF_ARRAYS) or view.subschemas.get(("items", "")) != (inner,):
        return False
    most, least = view.least("maxItems"), view.greatest("minItems")
    return not _has(view, "prefixItems") and _at_least(most.value if most else None, least.value if least else 1)


def _at_least(most: Json, least: Json) -> bool:
    return most is None or (isinstance(most, int) and isinstance(least, int) and most >= max(1, least))


def _one_of_branches(writer: SchemaView, reader: SchemaView, inner: Schema, inner_reader: Schema) -> bool:
    """Whether the writer is nothing but a choice, and no other branch takes what is of this one."""
    if len(writer.parts) != 1 or len(writer.unions) != 1 or not _asserted(writer.schema) <= _COMPOSED | _NAMESPACES:
        return False
    chosen, rivals = writer.unions[0], [union for union in reader.unions if inner_reader in union.branches]
    if chosen.keyword == "oneOf" and not _apart(inner, (branch for branch in chosen.branches if branch is not inner)):
        return False
    return len(rivals) == 1 and _apart(inner, (branch for branch in rivals[0].branches if branch is not inner_reader))


def _apart(inner: Schema, others: Iterable[Schema]) -> bool:
    view = view_of(inner.followed())
    return all(_disjoint(view, view_of(other.followed())) for other in others)


def _disjoint(one: SchemaView, other: SchemaView) -> bool:
    """Whether no document of one is a document of the other: by type, by a tag, or by a name that one never has."""
    shared = one.types & other.types
    if shared & ~OBJECT:
        return False
    if not shared:
        return True
    for name in other.required:
        if name in other.properties and name not in one.declared and not _has(one, "patternProperties"):
            return True
    return any(_told_apart(one, other, name) for name in one.properties.keys() & other.properties.keys())


def _told_apart(one: SchemaView, other: SchemaView, name: str) -> bool:
    if name not in one.required and name not in other.required:
        return False
    left, right = (view_of(view.properties[name][0].followed()).values for view in (one, other))
    if left is None or right is None or not isinstance(left.value, list) or not isinstance(right.value, list):
        return False
    return {key_of(value) for value in left.value}.isdisjoint(key_of(value) for value in right.value)


def _says_only(view: SchemaView, words: frozenset[str]) -> bool:
    """Whether no part demands more than some words; a union has to be one that the view dissolves."""
    allowed = words | _COMPOSED
    return not view.unions and view.values is None and all(_asserted(part.schema) <= allowed for part in view.parts)


def _asserted(schema: Schema) -> frozenset[str]:
    """The words of a schema that its dialect knows."""
    return frozenset(word for word in schema.body if schema.get(word) is not None)


def _has(view: SchemaView, *words: str) -> bool:
    return any(keyword in words for keyword, _ in view.subschemas)
