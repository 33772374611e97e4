"""Which JSON values stand for values of a type (specification 1.12, the table of defaults under "Complex Types")."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from registry.domain.change import Json
from registry.domain.errors import LimitExceeded
from registry.domain.location import child
from registry.engines.avro.schema import Array, Concrete, Enum, Fixed, Map, Primitive, Record, Schema, Type, Union, described
from registry.engines.documents.text import excerpt

_RANGES = {"int": 1 << 31, "long": 1 << 63}
_MOST_STEPS = 2_000_000

_Problem = tuple[str, str]


class ValueChecker:
    """Says what keeps values from being of types.

    A value of a union is a value of one of its branches: the specification has asked for that since 1.12, and for the first branch
    before. With `tagged`, it may also stand under the branch's name, as in the JSON encoding. Fields that a record leaves out take
    their own defaults. Bytes are text of the code points 0 to 255.

    What a value is to a branch is remembered: values and unions that nest in each other would be looked at once for each way
    through both. Raises LimitExceeded for more steps than a schema of any use takes.
    """

    def __init__(self, schema: Schema, *, tagged: bool = False) -> None:
        self._schema = schema
        self._tagged = tagged
        self._fits: dict[tuple[int, int], bool] = {}
        self._steps = 0

    def problems(self, type_: Type, value: Json, path: str = "") -> Iterator[_Problem]:
        """(JSON pointer inside the value, what is wrong); nothing when the value is of the type."""
        self._steps += 1
        if self._steps > _MOST_STEPS:
            raise LimitExceeded("The defaults or examples take too many steps to check.")
        concrete = self._schema.concrete(type_)
        match concrete:
            case Union():
                if not any(self._fit(branch, inner) for branch, inner in self._candidates(concrete, value)):
                    yield path, f"{_shown(value)} fits no branch of the union"
            case Array():
                if isinstance(value, list):
                    for index, item in enumerate(value):
                        yield from self.problems(concrete.items, item, child(path, index))
                else:
                    yield path, f"{_shown(value)} is no array"
            case Map():
                if isinstance(value, dict):
                    for key, item in value.items():
                        yield from self.problems(concrete.values, item, child(path, key))
                else:
                    yield path, f"{_shown(value)} is no map"
            case Record():
                yield from self._in_record(concrete, value, path)
            case _:
                if not _is_scalar(concrete, value):
                    yield path, f"{_shown(value)} is no {_named(concrete)}"

    def _candidates(self, union: Union, value: Json) -> Iterator[tuple[Concrete, Json]]:
        """The branches with what would have to be of them."""
        branches = [self._schema.concrete(branch) for branch in union.branches]
        yield from ((branch, value) for branch in branches)
        if self._tagged and isinstance(value, Mapping) and len(value) == 1:
            ((name, inner),) = value.items()
            yield from ((branch, inner) for branch in branches if name == getattr(branch, "name", branch.kind))

    def _fit(self, branch: Concrete, value: Json) -> bool:
        key = (id(branch), id(value))
        if key not in self._fits:
            self._fits[key] = next(self.problems(branch, value), None) is None
        return self._fits[key]

    def _in_record(self, record: Record, value: Json, path: str) -> Iterator[_Problem]:
        if not isinstance(value, Mapping):
            yield path, f"{_shown(value)} is no {described(record)}"
            return
        for name, field in record.fields.items():
            if name in value:
                yield from self.problems(field.type, value[name], child(path, name))
            elif field.default is None:
                yield path, f"the field {name} is missing and has no default"


def _is_scalar(type_: Concrete, value: Json) -> bool:
    match type_:
        case Enum():
            return isinstance(value, str) and value in type_.symbols
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
    match value:
        case str():
            return excerpt(value)
        case None | bool() | int() | float():
            return json.dumps(value)
        case _:
            return "an object" if isinstance(value, Mapping) else "an array"
