"""Changed words that no rule of their own explains; the catch-all rules ask inclusion about each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from registry.domain.location import Location
from registry.engines.jsonschema.library import Schema
from registry.engines.jsonschema.pair import SchemaPair
from registry.engines.jsonschema.values import same_value
from registry.engines.jsonschema.view import SchemaView

GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "if": ("if", "then", "else"),
    "contains": ("contains", "minContains", "maxContains"),
    "dependencies": ("dependencies", "dependentRequired", "dependentSchemas"),
    "unevaluatedProperties": ("properties", "patternProperties", "additionalProperties", "unevaluatedProperties"),
    "unevaluatedItems": ("items", "prefixItems", "additionalItems", "unevaluatedItems", "contains"),
    "anyOf": ("anyOf", "oneOf"),
}
"""Words that mean something only together, by the one that speaks for them."""

_ALONE: Final = ("patternProperties", "propertyNames", "$dynamicRef", "$recursiveRef")


def unexplained(pair: SchemaPair) -> Iterator[tuple[str, Location, Location]]:
    """Each word (or the speaker of its group) that differs and that no rule of its own looks at, with its places."""
    for keyword, words in (*((word, (word,)) for word in _ALONE), *_watched()):
        if _differs(pair, words):
            yield keyword, _place(pair.old, words), _place(pair.new, words)
    if len(pair.old.unions) != len(pair.new.unions):
        yield "anyOf", _place(pair.old, GROUPS["anyOf"]), _place(pair.new, GROUPS["anyOf"])


def _watched() -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "if", GROUPS["if"]
    yield "contains", GROUPS["contains"]
    yield "dependencies", GROUPS["dependencies"]
    yield "unevaluatedProperties", ("unevaluatedProperties",)
    yield "unevaluatedItems", ("unevaluatedItems",)


def _differs(pair: SchemaPair, words: tuple[str, ...]) -> bool:
    """Whether the sides state a word differently. Schemas that correspond one to one are compared on their own."""
    for word in words:
        old, new = _stated(pair.old, word), _stated(pair.new, word)
        if len(old) != len(new):
            return True
        for left, right in zip(old, new, strict=True):
            if not _same_statement(pair, word, left, right):
                return True
    return False


def _stated(view: SchemaView, word: str) -> list[Schema]:
    return [part.schema for part in view.parts if part.schema.get(word) is not None]


def _same_statement(pair: SchemaPair, word: str, old: Schema, new: Schema) -> bool:
    left, right = old.body[word], new.body[word]
    if word in ("patternProperties", "dependentSchemas") and isinstance(left, Mapping) and isinstance(right, Mapping):
        return left.keys() == right.keys()
    if word in ("propertyNames", "if") and isinstance(left, Mapping | bool) and isinstance(right, Mapping | bool):
        return pair.same(old.sub((word,)), new.sub((word,)))
    if isinstance(left, Mapping | bool) and isinstance(right, Mapping | bool) and word in old.library.dialect.subschemas:
        return True
    return same_value(left, right)


def _place(view: SchemaView, words: tuple[str, ...]) -> Location:
    for word in words:
        for schema in _stated(view, word):
            return schema.at(word)
    return view.location
