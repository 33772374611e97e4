"""What the rules about dependencies share: which property demands another one, and which demands a schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from registry.domain.change import Json
from registry.domain.location import Location
from registry.engines.jsonschema.library import Schema
from registry.engines.jsonschema.pair import Said, Seen
from registry.engines.jsonschema.view import SchemaView

WORDS: Final = frozenset({"dependencies", "dependentRequired", "dependentSchemas"})
"""Drafts up to 7 write all dependencies under the first word."""


@dataclass(frozen=True, slots=True)
class Dependency:
    """One demand of one property: another property, or a schema. `cut` says this demand and nothing else."""

    name: str
    other: str
    place: Location
    cut: Schema

    def seen(self, message: str, old: Location, new: Location) -> Seen:
        """A finding about this demand alone."""
        member = f".{self.other}" if self.other else ""
        words = tuple(self.cut.body)
        return Seen(message, old, new, keywords=words, member=member, said=(Said(self.cut, words),))


def required_by(view: SchemaView) -> dict[tuple[str, str], Dependency]:
    """The properties that must be there when another one is, by both names."""
    found = (dependency for dependency in _dependencies(view) if dependency.other)
    return {(dependency.name, dependency.other): dependency for dependency in found}


def schema_by(view: SchemaView) -> dict[str, Dependency]:
    """The schemas that a document must fit when a property is there, by its name."""
    return {dependency.name: dependency for dependency in _dependencies(view) if not dependency.other}


def _dependencies(view: SchemaView) -> Iterator[Dependency]:
    for part in view.parts:
        schema = part.schema
        for word in sorted(WORDS & schema.library.dialect.vocabulary & schema.body.keys()):
            named = schema.body[word]
            for name, demand in named.items() if isinstance(named, Mapping) else ():
                place = schema.at(word, name)
                if isinstance(demand, Mapping | bool):
                    yield Dependency(name, "", place, _cut(schema, word, name, demand))
                elif isinstance(demand, list):
                    others = (other for other in demand if isinstance(other, str))
                    yield from (Dependency(name, other, place, _cut(schema, word, name, [other])) for other in others)


def _cut(schema: Schema, word: str, name: str, demand: Json) -> Schema:
    return Schema(schema.library, schema.file, schema.pointer, {word: {name: demand}}, schema.resource)
