"""Which JSON values stand for values of a type (specification 1.12, the table of defaults under "Complex Types")."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from registry.domain.change import Json
from registry.engines.avro.schema import Array, Concrete, Enum, Fixed, Map, Primitive, Record, Schema, Type, Union, described
from registry.engines.documents.text import excerpt

_RANGES = {"int": 1 << 31, "long": 1 << 63}


def problems(schema: Schema, type_: Type, value: Json, path: str = "", *, tagged: bool = False) -> Iterator[tuple[str, str]]:
    """(JSON pointer inside the value, what is wrong) for what keeps a value from being of a type; nothing when it is.

    A value of a union is a value of one of its branches: the specification has asked for that since 1.12, and for the first branch
    before. With `tagged`, it may also stand under the branch's name, as in the JSON encoding. Fields that a record leaves out take
    their own defaults. Bytes are text of the code points 0 to 255.
    """
    concrete = schema.concrete(type_)
    match concrete:
        case Union():
            if not _fits_a_branch(schema, concrete, value, tagged=tagged):
                yield path, f"{_shown(value)} fits no branch of the union"
        case Array():
            if not isinstance(value, list):
                yield path, f"{_shown(value)} is no array"
                return
            for index, item in enumerate(value):
                yield from problems(schema, concrete.items, item, f"{path}/{index}", tagged=tagged)
        case Map():
            if not isinstance(value, dict):
                yield path, f"{_shown(value)} is no map"
                return
            for key, item in value.items():
                yield from problems(schema, concrete.values, item, f"{path}/{_token(key)}", tagged=tagged)
        case Record():
            yield from _in_record(schema, concrete, value, path, tagged=tagged)
        case _:
            if not _is_scalar(concrete, value):
                yield path, f"{_shown(value)} is no {_named(concrete)}"


def _fits_a_branch(schema: Schema, union: Union, value: Json, *, tagged: bool) -> bool:
    branches = [schema.concrete(branch) for branch in union.branches]
    candidates = [(branch, value) for branch in branches]
    if tagged and isinstance(value, Mapping) and len(value) == 1:
        ((name, inner),) = value.items()
        candidates += [(branch, inner) for branch in branches if name == getattr(branch, "name", branch.kind)]
    return any(next(problems(schema, branch, inner, tagged=tagged), None) is None for branch, inner in candidates)


def _in_record(schema: Schema, record: Record, value: Json, path: str, *, tagged: bool) -> Iterator[tuple[str, str]]:
    if not isinstance(value, Mapping):
        yield path, f"{_shown(value)} is no {described(record)}"
        return
    for name, field in record.fields.items():
        if name in value:
            yield from problems(schema, field.type, value[name], f"{path}/{_token(name)}", tagged=tagged)
        elif field.default is None:
            yield path, f"the field {name} is missing and has no default"


def _is_scalar(type_: Concrete, value: Json) -> bool:
    match type_:
        case Enum():
            return value in type_.symbols
        case Fixed():
            return _is_bytes(value) and isinstance(value, str) and len(value) == type_.size
        case Primitive(kind="null"):
            return value is None
        case Primitive(kind="boolean"):
            return isinstance(value, bool)
        case Primitive(kind="int" | "long" as kind):
            return type(value) is int and -_RANGES[kind] <= value < _RANGES[kind]
        case Primitive(kind="float" | "double"):
            return type(value) in (int, float)
        case Primitive(kind="bytes"):
            return _is_bytes(value)
        case _:
            return isinstance(value, str)


def _is_bytes(value: Json) -> bool:
    return isinstance(value, str) and all(ord(character) < 256 for character in value)


def _named(type_: Concrete) -> str:
    if isinstance(type_, Enum):
        return f"symbol of {described(type_)}"
    return f"{described(type_)} of {type_.size} bytes" if isinstance(type_, Fixed) else described(type_)


def _shown(value: Json) -> str:
    return excerpt(value) if isinstance(value, str) else excerpt(json.dumps(value))[1:-1].replace('\\"', '"')


def _token(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
