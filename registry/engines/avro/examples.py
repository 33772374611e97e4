"""Whether an example is a value of a schema."""

from __future__ import annotations

from registry.domain.errors import LimitExceeded
from registry.domain.location import Location
from registry.engines.avro.schema import Schema
from registry.engines.avro.values import ValueChecker
from registry.engines.documents.document import Document


def refusals(schema: Schema, example: Document) -> tuple[tuple[str, Location], ...]:
    """(what is wrong, where) in an example; empty when it is a value of the schema.

    A value of a union may stand as it is, or under the name of its branch as the specification encodes it in JSON. Fields with a
    default may be left out. Raises LimitExceeded.
    """
    try:
        found = tuple(ValueChecker(schema, tagged=True).problems(schema.root, example.value))
    except RecursionError:
        raise LimitExceeded("The example nests deeper than the interpreter can follow.", Location(example.name, "")) from None
    return tuple((message, Location(example.name, pointer)) for pointer, message in found)
