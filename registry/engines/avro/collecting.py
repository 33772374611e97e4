"""Which other files a schema needs: for collecting what a contract is made of, before it is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from registry.domain.change import Json
from registry.engines.avro.names import COMPLEX
from registry.engines.avro.schema import PRIMITIVES


def needed(entry: str, values: Mapping[str, Json]) -> tuple[str, ...]:
    """The files, out of some whose JSON is given by name, that declare what the entry uses, and what those use; sorted."""
    declared = _declared(values)
    found: set[str] = {entry}
    waiting = [entry]
    while waiting:
        for name in _uses(values[waiting.pop()]):
            file = declared.get(name)
            if file is not None and file not in found:
                found.add(file)
                waiting.append(file)
    return tuple(sorted(found - {entry}))


def roots(values: Mapping[str, Json]) -> tuple[str, ...]:
    """The files, of some whose JSON is given by name, that no other one needs; sorted."""
    declared = _declared(values)
    used = {declared[name] for file, value in values.items() for name in _uses(value) if declared.get(name, file) != file}
    return tuple(sorted(set(values) - used))


def uses_others(value: Json) -> bool:
    """Whether a schema names types that it does not declare itself."""
    return not set(_uses(value)) <= set(_declarations(value))


def _declared(values: Mapping[str, Json]) -> Mapping[str, str]:
    """By name the file that declares it."""
    return {name: file for file, value in values.items() for name in _declarations(value)}


def _declarations(value: Json) -> Iterator[str]:
    """The names that a schema declares, as far as its JSON tells: a fault in it is for the reader to report."""
    for schema, space in _schemas(value):
        if isinstance(schema, dict) and isinstance(schema.get("name"), str) and schema.get("type") in COMPLEX:
            yield _full_name(str(schema["name"]), _space(schema, space))


def _uses(value: Json) -> Iterator[str]:
    for schema, space in _schemas(value):
        if isinstance(schema, str) and schema not in PRIMITIVES and schema not in COMPLEX:
            yield _full_name(schema, space)


def _schemas(value: Json) -> Iterator[tuple[Json, str]]:
    """Every schema inside one, with the namespace around it."""
    waiting: list[tuple[Json, str]] = [(value, "")]
    while waiting:
        schema, space = waiting.pop()
        yield schema, space
        if isinstance(schema, list):
            waiting.extend((branch, space) for branch in schema)
        elif isinstance(schema, dict):
            name = schema.get("name")
            inner = _full_name(name, _space(schema, space)).rpartition(".")[0] if isinstance(name, str) else space
            waiting.extend((part, inner) for part in _parts(schema))


def _parts(schema: Mapping[str, Json]) -> Iterable[Json]:
    kind = schema.get("type")
    if kind not in COMPLEX:
        return [kind]
    fields = schema.get("fields")
    own = [schema[key] for key in ("items", "values") if key in schema]
    return own + [field.get("type") for field in fields if isinstance(field, dict)] if isinstance(fields, list) else own


def _space(schema: Mapping[str, Json], around: str) -> str:
    space = schema.get("namespace")
    return space if isinstance(space, str) else around


def _full_name(name: str, space: str) -> str:
    return name if "." in name or not space else f"{space}.{name}"
