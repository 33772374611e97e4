"""What the rules about `contains` share."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.location import Location
from registry.engines.jsonschema.library import Schema
from registry.engines.jsonschema.pair import Said, SchemaPair, Seen
from registry.engines.jsonschema.rules._shared import spelt
from registry.engines.jsonschema.statements import CONTAINS, demands_one


def contains_seen(message: str, old: Location, new: Location, *stated: Schema, supposed: bool = False) -> Seen:
    """A finding about the demand that some items fit a schema."""
    said = tuple(Said(schema, CONTAINS) for schema in stated)
    return Seen(message, old, new, keywords=CONTAINS, supposed=supposed, said=said)


def exchanged(pair: SchemaPair) -> Iterator[tuple[Schema, Schema]]:
    """Demands for other items than before, counted so that a change of the schema is no narrowing by itself."""
    for old, new in pair.contains.pairs if "contains" in pair.words else ():
        if not (demands_one(old) and demands_one(new)) and not pair.same(old.sub(("contains",)), new.sub(("contains",))):
            yield old, new


def counts(pair: SchemaPair, word: str, *, unstated: float) -> Iterator[tuple[Schema, Schema, float, float]]:
    """Demands whose number of items changed, with the number on both sides; `unstated` is what leaving it out means."""
    for old, new in pair.contains.pairs if word in pair.words else ():
        before, after = (_count(schema, word, unstated) for schema in (old, new))
        if before != after:
            yield old, new, before, after


def count_seen(word: str, old: Schema, new: Schema) -> Seen:
    """A finding about the number of items."""
    before, after = (spelt(schema.body[word]) if word in schema.body else "none" for schema in (old, new))
    left, right = (schema.at(word if word in schema.body else "contains") for schema in (old, new))
    return contains_seen(f"`{word}` changed from {before} to {after}.", left, right, old, new)


def _count(schema: Schema, word: str, unstated: float) -> float:
    value = schema.get(word)
    return value if isinstance(value, int | float) else unstated
