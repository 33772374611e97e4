"""What the Avro tests share: schemas from short texts, comparisons, and strategies for schemas and changes of them."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

import fastavro
import yaml
from hypothesis import strategies as st

from registry.domain.change import Change, Comparison
from registry.domain.contract import Mode, Source
from registry.domain.verdict import Direction, Severity
from registry.engines.avro.building import schema_of
from registry.engines.avro.comparison import catalogue, compare
from registry.engines.avro.reading import parse
from registry.engines.avro.resolution import incompatibilities
from registry.engines.avro.schema import Schema
from registry.engines.rulebook.rule import Nature

MODES = {Direction.BACKWARD: Mode.BACKWARD, Direction.FORWARD: Mode.FORWARD}
LANGUAGE = {rule.id for rule in catalogue() if rule.nature is Nature.LANGUAGE}
PRIMITIVES = ("null", "boolean", "int", "long", "float", "double", "bytes", "string")


def schema(text: str) -> Schema:
    """The schema of a short YAML text."""
    return schema_of(yaml.safe_load(text))


def source(value: Any, **others: Any) -> Source:
    """A contract of JSON values; `others` are files beside the entry, by name without suffix."""
    files = {"schema.avsc": json.dumps(value).encode()}
    return Source(files | {f"{name}.avsc": json.dumps(other).encode() for name, other in others.items()}, "schema.avsc")


def read(value: Any, **others: Any) -> Schema:
    """What reading such a contract gives."""
    return parse(source(value, **others))


def between(old: str, new: str, mode: Mode = Mode.FULL) -> Comparison:
    """The comparison of two short texts."""
    return compare(schema(old), schema(new), subject="Event", mode=mode)


def only(comparison: Comparison) -> Change:
    """The one change that there is."""
    (found,) = comparison.changes
    return found


def reads(reader: str, writer: str) -> bool:
    """Whether resolution has a reader read a writer."""
    return not incompatibilities(schema(reader), schema(writer))


def refused(comparison: Comparison) -> bool:
    """Whether a language rule found something that breaks."""
    return any(change.rule in LANGUAGE and change.severity is Severity.BREAKING for change in comparison.changes)


def through(writer: Any, reader: Any, record: Any) -> Any:
    """What fastavro reads with one schema of what it wrote with another."""
    data = BytesIO()
    fastavro.schemaless_writer(data, writer, record)
    data.seek(0)
    return fastavro.schemaless_reader(data, writer, reader)


@st.composite
def schemas(draw: st.DrawFn) -> Any:
    """Records of everything that there is, a few levels deep, with names of their own and some recursion."""
    return _record(draw, _Names(), 0)


class _Names:
    """Names that no other type has."""

    def __init__(self) -> None:
        self._count = 0

    def __call__(self, stem: str) -> str:
        self._count += 1
        return f"{stem}{self._count}"


def _record(draw: st.DrawFn, names: _Names, depth: int) -> Any:
    name = names("Record")
    fields = [_field(draw, names, depth, index, name) for index in range(draw(st.integers(0, 3)))]
    return {"type": "record", "name": name, "fields": fields}


def _field(draw: st.DrawFn, names: _Names, depth: int, index: int, around: str) -> Any:
    field: dict[str, Any] = {"name": f"f{index}", "type": _type(draw, names, depth + 1, around)}
    if field["type"] in ("int", "long") and draw(st.booleans()):
        field["default"] = draw(st.integers(0, 2))
    if isinstance(field["type"], list) and field["type"][0] == "null" and draw(st.booleans()):
        field["default"] = None
    return field


def _type(draw: st.DrawFn, names: _Names, depth: int, around: str) -> Any:
    kinds = ["primitive"] * 4 + ["enum", "fixed", "decimal", "again"] + (["array", "map", "union", "record"] if depth < 4 else [])
    match draw(st.sampled_from(kinds)):
        case "enum":
            symbols = [f"S{index}" for index in range(draw(st.integers(1, 3)))]
            default = {"default": symbols[0]} if draw(st.booleans()) else {}
            return {"type": "enum", "name": names("Enum"), "symbols": symbols, **default}
        case "fixed":
            return {"type": "fixed", "name": names("Fixed"), "size": draw(st.integers(1, 3))}
        case "decimal":
            return {
                "type": "bytes",
                "logicalType": "decimal",
                "precision": draw(st.integers(4, 6)),
                "scale": draw(st.integers(0, 2)),
            }
        case "array":
            return {"type": "array", "items": _type(draw, names, depth + 1, around)}
        case "map":
            return {"type": "map", "values": _type(draw, names, depth + 1, around)}
        case "union":
            some = draw(st.lists(st.sampled_from(PRIMITIVES), min_size=1, max_size=3, unique=True))
            return [*some, _record(draw, names, depth + 1)] if draw(st.booleans()) else some
        case "record":
            return _record(draw, names, depth + 1)
        case "again":
            return ["null", around]
        case _:
            return draw(st.sampled_from(PRIMITIVES))


@st.composite
def changed(draw: st.DrawFn, value: Any) -> Any:
    """A schema with one to three things changed."""
    new = copy.deepcopy(value)
    for _ in range(draw(st.integers(1, 3))):
        draw(st.sampled_from(_CHANGES))(draw, new)
    return new


def _add_field(draw: st.DrawFn, value: Any) -> None:
    record = draw(st.sampled_from(_all(value, "record")))
    default = {"default": 0} if draw(st.booleans()) else {}
    taken = {field["name"] for field in record["fields"]}
    name = next(name for index in range(len(taken) + 1) if (name := f"g{index}") not in taken)
    record["fields"].append({"name": name, "type": "int", **default})


def _remove_field(draw: st.DrawFn, value: Any) -> None:
    records = [record for record in _all(value, "record") if record["fields"]]
    if records:
        fields = draw(st.sampled_from(records))["fields"]
        going = draw(st.sampled_from(fields))
        if not _all(going["type"], "record", "enum", "fixed"):  # a type that is used again would be gone with it
            fields.remove(going)


def _rename_field(draw: st.DrawFn, value: Any) -> None:
    fields = [field for record in _all(value, "record") for field in record["fields"]]
    if fields:
        field = draw(st.sampled_from(fields))
        if draw(st.booleans()):
            field["aliases"] = [field["name"]]
        field["name"] = f"r{field['name']}"


def _retype(draw: st.DrawFn, value: Any) -> None:
    fields = [field for record in _all(value, "record") for field in record["fields"] if isinstance(field["type"], str)]
    fields = [field for field in fields if field["type"] in PRIMITIVES]
    if fields:
        field = draw(st.sampled_from(fields))
        field.pop("default", None)
        nullable = [] if field["type"] == "null" else [["null", field["type"]]]
        field["type"] = draw(st.sampled_from([*PRIMITIVES, *nullable, ["int", "string"]]))


def _change_symbols(draw: st.DrawFn, value: Any) -> None:
    enums = _all(value, "enum")
    if enums:
        enum = draw(st.sampled_from(enums))
        enum["symbols"] = [*enum["symbols"], f"T{len(enum['symbols'])}"] if draw(st.booleans()) else enum["symbols"][:1]


def _resize(draw: st.DrawFn, value: Any) -> None:
    for fixed in _all(value, "fixed")[:1]:
        fixed["size"] = draw(st.integers(1, 3))


def _rename_type(draw: st.DrawFn, value: Any) -> None:
    types = _all(value, "fixed", "enum")  # records are referred to by their names
    if types:
        type_ = draw(st.sampled_from(types))
        match draw(st.sampled_from(["alias", "namespace", "other"])):
            case "alias":
                type_["aliases"] = [type_["name"]]
                type_["name"] = f"New{type_['name']}"
            case "namespace":
                type_["namespace"] = "other"
            case _:
                type_["name"] = f"New{type_['name']}"


def _change_decimal(draw: st.DrawFn, value: Any) -> None:
    decimals = [type_ for type_ in _all(value, "bytes") if "precision" in type_]
    if decimals:
        draw(st.sampled_from(decimals))[draw(st.sampled_from(["precision", "scale"]))] = draw(st.integers(3, 4))


_CHANGES: tuple[Callable[[st.DrawFn, Any], None], ...] = (
    _add_field,
    _remove_field,
    _rename_field,
    _retype,
    _change_symbols,
    _resize,
    _rename_type,
    _change_decimal,
)


def _all(value: Any, *kinds: str) -> list[Any]:
    """The declarations of some kinds inside a schema."""
    found: list[Any] = []
    waiting = [value]
    while waiting:
        here = waiting.pop()
        if isinstance(here, list):
            waiting.extend(here)
        elif isinstance(here, dict):
            if here.get("type") in kinds:
                found.append(here)
            waiting.extend(here.values())
    return found
