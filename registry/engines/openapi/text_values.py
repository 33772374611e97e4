"""Values that travel as text: in parameters and headers a number is read as a string without loss."""

from __future__ import annotations

from registry.domain.location import Location
from registry.domain.verdict import Direction
from registry.engines.openapi.contract import ApiContract, descend
from registry.engines.openapi.node import Node
from registry.engines.openapi.serialisation import types_of
from registry.engines.openapi.trivial import ANNOTATIONS

_SCALARS = frozenset({"string", "integer", "number", "boolean"})


def read_as_text(old: tuple[ApiContract, Location | None], new: tuple[ApiContract, Location | None], direction: Direction) -> bool:
    """Whether the reader's schema takes any text and the writer's only scalars, so that `?page=2` stays readable.

    `old` and `new` are the places of two schemas whose types differ; backward, the new one reads.
    """
    writer, reader = (old, new) if direction is Direction.BACKWARD else (new, old)
    return _takes_any_text(_schema(*reader)) and _types(_schema(*writer)) <= _SCALARS


def _schema(contract: ApiContract, location: Location | None) -> Node | None:
    if location is None or location.file not in contract.documents:
        return None
    node = descend(Node(location.file, "", contract.documents[location.file].value), location.path)
    return contract.resolve(node) if node else None


def _types(schema: Node | None) -> frozenset[str]:
    """The declared types without null; an impossible one where nothing is declared, so that nothing is concluded."""
    if schema is None:
        return frozenset({"anything"})
    return types_of(schema) - {"null"} or frozenset({"anything"})


def _takes_any_text(schema: Node | None) -> bool:
    if schema is None or "string" not in _types(schema):
        return False
    return all(key == "type" or key in ANNOTATIONS or key.startswith("x-") or key == "nullable" for key, _ in schema.members())
