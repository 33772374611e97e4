"""A key for what a schema says, for constructs that are compared but not understood."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Final

from registry.engines.jsonschema.library import Schema
from registry.engines.jsonschema.values import key_of

_LARGEST: Final = 2_000
_NAMESPACES: Final = frozenset({"definitions", "$defs"})
_DYNAMIC: Final = frozenset({"$dynamicRef", "$recursiveRef"})


class _TooLarge(Exception):
    """The schema is too large, or too dynamic, for its meaning to be written down."""


def meaning(schema: Schema) -> Hashable:
    """Equal for schemas that say the same word for word once references are followed; else the schema's own place.

    A reference back to a schema that is being read counts how many levels it goes back, so that equal loops are equal.
    """
    try:
        return _key(schema, [], [0])
    except _TooLarge:
        return schema


def _key(schema: Schema, reading: list[Schema], size: list[int]) -> Hashable:
    size[0] += 1
    if size[0] > _LARGEST:
        raise _TooLarge
    if schema in reading:
        return ("back", len(reading) - reading.index(schema))
    if not isinstance(schema.value, Mapping):
        return ("schema", schema.value is not False)
    reading.append(schema)
    dialect = schema.library.dialect
    words: list[tuple[str, Hashable]] = []
    for word in sorted(schema.body):
        if word in _DYNAMIC and word in dialect.vocabulary:
            raise _TooLarge
        if word not in dialect.vocabulary or word in _NAMESPACES or schema.get(word) is None:
            continue
        places = [steps for steps in dialect.places({word: schema.body[word]}) if steps[0] == word]
        if word == "$ref" and (target := schema.target) is not None:
            words.append((word, _key(target, reading, size)))
        elif places:
            words.append((word, tuple((str(steps), _key(schema.sub(steps), reading, size)) for steps in places)))
        else:
            words.append((word, key_of(schema.body[word])))
    reading.pop()
    return (dialect.name, tuple(words))
