"""Values that make a witness read like data: what a schema itself shows, else what its format looks like."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from registry.domain.change import Json
from registry.engines.jsonschema.library import Schema

_MOST_SCHEMAS: Final = 6
_MOST_SAMPLES: Final = 12
_OF_FORMAT: Final = {
    "date-time": "2026-01-31T12:00:00Z",
    "date": "2026-01-31",
    "time": "12:00:00Z",
    "duration": "P1D",
    "email": "someone@example.com",
    "idn-email": "someone@example.com",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "uri": "https://example.com/1",
    "iri": "https://example.com/1",
    "uri-reference": "/1",
    "uuid": "01890a5d-ac96-774b-bcce-b302099a8057",
    "json-pointer": "/1",
}


class Samples:
    """Values for properties by name; schemas are looked into when somebody needs one."""

    def __init__(self) -> None:
        self._schemas: dict[str, list[Schema]] = {}
        self._values: dict[str, tuple[Json, ...]] = {}

    def learn(self, name: str, schema: Schema) -> None:
        """Remember that a property of this name is described by the schema."""
        known = self._schemas.setdefault(name, [])
        if len(known) < _MOST_SCHEMAS:
            known.append(schema)
            self._values.pop(name, None)

    def of(self, name: str) -> tuple[Json, ...]:
        """Values that read like data, by the name of the property that holds them."""
        if name not in self._values:
            shown = [value for schema in self._schemas.get(name, ()) for value in samples_of(schema.followed())]
            self._values[name] = tuple(shown[:_MOST_SAMPLES])
        return self._values[name]


def samples_of(schema: Schema) -> Iterator[Json]:
    """The examples and the default of a schema, then a value of its format; none is checked yet."""
    examples = schema.note("examples")
    if isinstance(examples, list):
        yield from examples[:3]
    for word in ("example", "default"):
        if word in schema.body:
            yield schema.body[word]
    word = schema.note("format")
    if isinstance(word, str) and word in _OF_FORMAT:
        yield _OF_FORMAT[word]
