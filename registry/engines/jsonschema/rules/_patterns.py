"""What the rules about properties by pattern share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from registry.domain.location import Location
from registry.engines.jsonschema.library import Schema
from registry.engines.jsonschema.pair import Said, Seen
from registry.engines.jsonschema.statements import only, stating
from registry.engines.jsonschema.view import SchemaView

_REST = ("additionalProperties", "unevaluatedProperties")


def patterns(view: SchemaView) -> dict[str, Schema]:
    """Every pattern that describes properties, and the part that states it."""
    found: dict[str, Schema] = {}
    for schema in stating(view, "patternProperties"):
        named = schema.body["patternProperties"]
        for pattern in named if isinstance(named, Mapping) else ():
            found.setdefault(pattern, schema)
    return found


def pattern_seen(message: str, old: Location, new: Location, schema: Schema, pattern: str, other: SchemaView) -> Seen:
    """A finding about a pattern that only one side has; the other side says about such names what it says about the rest."""
    said = (Said(only(schema, "patternProperties", pattern), ("patternProperties",)), *_rest(other))
    return Seen(message, old, new, keywords=("patternProperties", *_REST), member="{}", said=said)


def _rest(view: SchemaView) -> Iterator[Said]:
    for word in _REST:
        yield from (Said(schema, (word,)) for schema in stating(view, word))
