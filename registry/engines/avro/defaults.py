"""Whether the defaults of a schema are values of what they are defaults of."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.errors import Malformed
from registry.domain.location import Location
from registry.engines.avro.schema import Enum, Record, Schema
from registry.engines.avro.values import ValueChecker


def check_defaults(schema: Schema) -> None:
    """Raise Malformed at the first default that its type refuses."""
    for location, problem in faults(schema):
        raise Malformed(f"Illegal default: {problem}.", location)


def faults(schema: Schema) -> Iterator[tuple[Location, str]]:
    """(place, what is wrong) for each illegal default. Only records and enums have defaults, and both are named."""
    checker = ValueChecker(schema)
    for declared in schema.names.values():
        if isinstance(declared, Enum) and declared.default is not None and declared.default not in declared.symbols:
            yield declared.place.at("default").location, f"{declared.default} is no symbol of the enum"
        if isinstance(declared, Record):
            yield from _in_record(checker, declared)


def _in_record(checker: ValueChecker, record: Record) -> Iterator[tuple[Location, str]]:
    for field in record.fields.values():
        if field.default is not None:
            at = field.place.at("default").location
            for inside, problem in checker.problems(field.type, field.default.value):
                yield Location(at.file, at.path + inside), f"{problem} (field {field.name})"
