"""Records to write: the smallest that there is of a type, and the way down to one place in it."""

from __future__ import annotations

from typing import Any

from registry.engines.avro.pair import Pair, Probe
from registry.engines.avro.schema import Array, Concrete, Enum, Fixed, Map, Primitive, Record, Schema, Type, Union

_DEEPEST = 64
_MOST_VALUES = 30_000
_LARGEST_FIXED = 1_000
# Values that look different when they are misread, and that are legal under the logical types of their underlying types.
_VALUES: dict[str, Any] = {
    "null": None,
    "boolean": True,
    "int": 41,
    "long": 2**40 + 1,
    "float": 1.5,
    "double": 2.25,
    "bytes": b"\x01\xff",
    "string": "text",
}
_UUID = "6f1c2f0e-6a1b-4c3d-9e5f-0123456789ab"


class NoSample(Exception):
    """There is no finite value of a type, or none that is small enough to be worth showing."""


class Sampler:
    """Makes values of one schema's types, as fastavro takes them: (full name, value) picks a named branch of a union.

    There is an end to how many it makes: a wide record is written for the first findings only.
    """

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._left = _MOST_VALUES

    def record_with(self, pair: Pair, probe: Probe) -> Any:
        """A value of the writer's whole schema in which the pair is reached, and holds what the probe says. Raises NoSample."""
        value: Any = self._at(pair.writer, probe)
        while pair.above is not None and pair.step is not None:
            above, step = pair.above, pair.step
            if step.match is not None and isinstance(above.writer, Record):
                value = self._fields(above.writer, 0, {step.match.writer.name: value})
            elif step.branch is not None:
                value = _tagged(step.branch, value) if isinstance(above.writer, Union) else value
            else:
                value = [value] if step.element == "[]" else {"key": value}
            pair = above
        return value

    def _at(self, writer: Concrete, probe: Probe) -> Any:
        if probe.branch is not None:
            value = self._value(probe.branch, 0)
            return _tagged(probe.branch, value) if isinstance(writer, Union) else value
        return probe.value if probe.has_value else self._value(writer, 0)

    def _value(self, type_: Type, depth: int) -> Any:
        concrete = self._schema.concrete(type_)
        self._left -= 1
        if depth > _DEEPEST or self._left < 0:
            raise NoSample
        match concrete:
            case Primitive(kind="string", logical=logical) if logical is not None:
                return _UUID
            case Primitive():
                return _VALUES[concrete.kind]
            case Fixed():
                if concrete.size > _LARGEST_FIXED:
                    raise NoSample
                return bytes(index % 251 for index in range(concrete.size))
            case Enum():
                if not concrete.symbols:
                    raise NoSample
                return tuple(concrete.symbols)[-1]
            case Array():
                return self._several(concrete.items, depth)
            case Map():
                return {f"key{index}": value for index, value in enumerate(self._several(concrete.values, depth))}
            case Union():
                return self._branch(concrete, depth)
            case Record():
                return self._fields(concrete, depth, {})

    def _several(self, type_: Type, depth: int) -> list[Any]:
        """One item at the top, where it may be what the record is to show; none inside."""
        return [self._value(type_, depth + 1)] if depth == 0 else []

    def _branch(self, union: Union, depth: int) -> Any:
        branches = [self._schema.concrete(branch) for branch in union.branches]
        if not branches:
            raise NoSample
        null = next((branch for branch in branches if branch.kind == "null"), None)
        plain = next((branch for branch in branches if not isinstance(branch, Record)), None)
        chosen = null or plain or branches[0]
        return _tagged(chosen, self._value(chosen, depth + 1))

    def _fields(self, record: Record, depth: int, given: dict[str, Any]) -> dict[str, Any]:
        return {name: given[name] if name in given else self._value(field.type, depth + 1) for name, field in record.fields.items()}


def _tagged(branch: Concrete, value: Any) -> Any:
    return (branch.name, value) if isinstance(branch, Record | Enum | Fixed) else value
