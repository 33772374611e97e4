"""Where an OpenAPI document contradicts itself, which the schema of the specification cannot see."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping

from registry.domain.change import Json
from registry.domain.errors import BadReference
from registry.domain.location import Location, child
from registry.engines.jsonschema.judges import Judges
from registry.engines.openapi.contract import ApiContract
from registry.engines.openapi.faults import Fault
from registry.engines.openapi.model import Api, Operation, expressions
from registry.engines.openapi.node import Node
from registry.engines.openapi.reader import read_api
from registry.engines.openapi.references import objects
from registry.engines.openapi.schemas import library

_SIMPLE = frozenset({"default", "type", "enum", "format", "description", "title", "example", "nullable", "deprecated"})
"""Words beside a default for which a look at its type and at the enum is enough; asking the validators costs a millisecond."""


def contradictions(contract: ApiContract) -> tuple[Fault, ...]:
    """Operation ids used twice, path parameters without a counterpart, and defaults that their own schema refuses, by place."""
    api = read_api(contract)
    found = {*_twice(api), *_path_parameters(api), *_defaults(contract)}
    return tuple(sorted(found, key=lambda fault: (fault.location.file, fault.location.path, fault.message)))


def _operations(api: Api) -> Iterator[Operation]:
    waiting = deque(operation for holder in (*api.paths, *api.webhooks) for operation in holder.operations)
    while waiting:
        operation = waiting.popleft()
        yield operation
        waiting.extend(inner for callback in operation.callbacks for inner in callback.operations)


def _twice(api: Api) -> Iterator[Fault]:
    known: dict[str, Location] = {}
    for operation in _operations(api):
        name = operation.identifier
        if name is not None and known.setdefault(name, operation.location) != operation.location:
            place = Location(operation.location.file, child(operation.location.path, "operationId"))
            yield Fault("operation-id", place, f"the operationId `{name}` is used twice")


def _path_parameters(api: Api) -> Iterator[Fault]:
    for operation in (operation for path in api.paths for operation in path.operations):
        named = expressions(operation.template)
        declared = {parameter.name: parameter for parameter in operation.parameters if parameter.place == "path"}
        for name in named:
            if name not in declared:
                message = f"`{{{name}}}` of the path {operation.template} is no parameter of {operation.method}"
                yield Fault("path-parameter", operation.location, message)
        for name, parameter in declared.items():
            if name not in named:
                message = f"the path parameter `{name}` does not stand in the path {operation.template}"
                yield Fault("path-parameter", parameter.site, message)


def _defaults(contract: ApiContract) -> Iterator[Fault]:
    schemas = library(contract)
    for document in contract.documents.values():
        for node in objects(Node(document.name, "", document.value)):
            if not isinstance(node.value, Mapping) or "default" not in node.value or _fits_at_first_sight(node.value):
                continue
            try:
                accepted = Judges(schemas.at(node.location)).accept(node.value["default"])
            except BadReference:
                continue
            if accepted is False:
                place = Location(node.file, child(node.pointer, "default"))
                yield Fault("default", place, "the default does not fit its own schema")


def _fits_at_first_sight(schema: Mapping[str, Json]) -> bool:
    """Whether a default can be told to fit without asking the validators: by its type, or because nothing is demanded of it."""
    if not any(word in schema for word in ("type", "enum", "$ref", "allOf", "anyOf", "oneOf")):
        return True  # this is no schema: the answers of an operation have a `default` of their own
    if any(word not in _SIMPLE and not word.startswith("x-") for word in schema):
        return False
    value, kind, values = schema["default"], schema.get("type"), schema.get("enum")
    typed = (
        (kind == "string" and isinstance(value, str))
        or (kind == "boolean" and isinstance(value, bool))
        or (kind in ("integer", "number") and isinstance(value, int) and not isinstance(value, bool))
    )
    return typed and (values is None or (isinstance(values, list) and value in values))
