"""Which fields and enum values examples of messages use: those that their bytes set, and those that paths name.

The bytes are read as unknown fields, and their meaning looked up here. A message class of the runtime would be shorter and is dear
on hostile descriptors: each of a million empty messages takes the room of all fields that its type declares.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from google.protobuf.descriptor_pb2 import FieldDescriptorProto
from google.protobuf.empty_pb2 import Empty
from google.protobuf.message import DecodeError
from google.protobuf.unknown_fields import UnknownFieldSet

from registry.domain.errors import LimitExceeded, Malformed
from registry.engines.protobuf.descriptors import Descriptors
from registry.engines.protobuf.elements import Field, Message, Method, Service

FieldPath: TypeAlias = Sequence[str | None]
"""Fields by name, from a message inwards; None is any item of a list or entry of a map. A step that leads nowhere ends the path."""

Spend: TypeAlias = Callable[[int], None]
"""Takes note of work done, in bytes read and characters written; raises LimitExceeded when there was too much."""

_COST_OF_A_MESSAGE = 10  # beside its bytes
_LEVELS = 100  # as deep as the runtime reads messages
_MESSAGES = (FieldDescriptorProto.TYPE_MESSAGE, FieldDescriptorProto.TYPE_GROUP)


@dataclass(frozen=True, eq=False)
class Definitions:
    """The descriptors that came with examples."""

    descriptors: Descriptors

    def method(self, name: str) -> Method | None:
        """A method by `Service/Method`, with or without the package; without it, the first in the order of the files."""
        service_name, _, method_name = name.removeprefix(".").rpartition("/")
        service = self.descriptors.everything.services.get(service_name) or self._services.get(service_name)
        return service.methods.get(method_name) if service else None

    def message(self, name: str) -> Message | None:
        """A message by name, with or without the package; without it, the first in the order of the files."""
        name = name.removeprefix(".")
        return self.descriptors.everything.messages.get(name) or self._messages.get(name)

    def set_by(self, message: str, data: bytes, spend: Spend) -> frozenset[str]:
        """Full names of the fields and enum values that a message's bytes set, at any depth.

        Raises Malformed for bytes that are no such message, LimitExceeded beyond 100 levels.
        """
        return frozenset(self._set_by(message, _fields_in(data, message, spend), spend, 1))

    def named_by(self, message: str, path: FieldPath, spend: Spend) -> frozenset[str]:
        """Full names of the fields that a path from a message leads through."""
        return frozenset(self._named_by(message, path, spend))

    @cached_property
    def _services(self) -> dict[str, Service]:
        """The services by their names inside their packages, the first of each."""
        return {service.name: service for service in reversed(self.descriptors.everything.services.values())}

    @cached_property
    def _messages(self) -> dict[str, Message]:
        """The messages by their names inside their packages, the first of each."""
        return {message.nested_name: message for message in reversed(self.descriptors.everything.messages.values())}

    def _set_by(self, message: str, fields: UnknownFieldSet, spend: Spend, level: int) -> Iterator[str]:
        if level > _LEVELS:
            raise LimitExceeded(f"the example nests messages more than {_LEVELS} levels deep")
        known = self._fields.by_number(message)
        seen: set[int] = set()
        for item in fields:
            field = known.get(item.field_number)
            if field is None:
                continue
            if item.field_number not in seen:
                seen.add(item.field_number)
                yield from self._told(field, message, spend)
            if field.proto.type in _MESSAGES:
                inner = _inner(item.data, field, spend)
                yield from self._set_by(field.type_name, inner, spend, level + 1)
            elif field.proto.type == FieldDescriptorProto.TYPE_ENUM:
                yield from self._values(field, item.data, spend)

    def _named_by(self, message: str, path: FieldPath, spend: Spend) -> Iterator[str]:
        for step in path:
            spend(1)
            if self._is_entry(message):
                message = self._fields.by_number(message)[2].type_name if 2 in self._fields.by_number(message) else ""
                continue
            if step is None:
                continue
            field = self._fields.by_name(message).get(step)
            if field is None:
                return
            yield from self._told(field, message, spend)
            message = field.type_name

    def _told(self, field: Field, message: str, spend: Spend) -> Iterator[str]:
        """A field, unless it is the key or value of a map's entry, which nobody declared."""
        spend(len(field.full_name))
        if not self._is_entry(message):
            yield field.full_name

    def _values(self, field: Field, data: Any, spend: Spend) -> Iterator[str]:
        numbers = frozenset((data,)) if isinstance(data, int) else _packed(data) if isinstance(data, bytes) else frozenset[int]()
        for number in numbers:
            for value in self._fields.values(field.type_name).get(_signed(number), ()):
                spend(len(value))
                yield value

    def _is_entry(self, message: str) -> bool:
        found = self.descriptors.everything.messages.get(message)
        return found is not None and found.is_map_entry

    @cached_property
    def _fields(self) -> _Lookup:
        return _Lookup(self.descriptors)


class _Lookup:
    """Fields and enum values as examples name them, each table made once."""

    def __init__(self, descriptors: Descriptors) -> None:
        self._index = descriptors.everything
        self._extensions: dict[str, dict[int, Field]] = {}
        for (message, number), extension in self._index.extensions.items():
            self._extensions.setdefault(message, {})[number] = extension
        self._numbers: dict[str, dict[int, Field]] = {}
        self._names: dict[str, dict[str, Field]] = {}
        self._values: dict[str, dict[int, list[str]]] = {}

    def by_number(self, message: str) -> dict[int, Field]:
        """The fields and extensions of a message; none of one that the descriptors leave out."""
        if message not in self._numbers:
            found = self._index.messages.get(message)
            self._numbers[message] = {**(found.fields if found else {}), **self._extensions.get(message, {})}
        return self._numbers[message]

    def by_name(self, message: str) -> dict[str, Field]:
        """The fields of a message."""
        if message not in self._names:
            self._names[message] = {field.name: field for field in self.by_number(message).values()}
        return self._names[message]

    def values(self, enum: str) -> dict[int, list[str]]:
        """The full names of an enum's values by number."""
        if enum not in self._values:
            found = self._index.enums.get(enum)
            numbers: dict[int, list[str]] = {}
            for value in found.values if found else ():
                numbers.setdefault(value.number, []).append(value.full_name)
            self._values[enum] = numbers
        return self._values[enum]


def _fields_in(data: bytes, message: str, spend: Spend) -> UnknownFieldSet:
    spend(len(data) + _COST_OF_A_MESSAGE)
    holder = Empty()
    try:
        holder.ParseFromString(data)
    except DecodeError:
        raise Malformed(f"the example is not a message of type {message}") from None
    return UnknownFieldSet(holder)


def _inner(data: Any, field: Field, spend: Spend) -> UnknownFieldSet:
    """The fields of a message inside another: in bytes, or a group's, which are read already."""
    if isinstance(data, bytes):
        return _fields_in(data, field.type_name, spend)
    if isinstance(data, int):
        raise Malformed(f"the example has a number where {field} is a message")
    return data


def _packed(data: bytes) -> frozenset[int]:
    """The different varints in a packed list."""
    found: set[int] = set()
    number = shift = 0
    for byte in data:
        if shift < 64:  # what is longer is no number, and would cost its length squared
            number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            found.add(number)
            number = shift = 0
    return frozenset(found)


def _signed(number: int) -> int:
    """A varint as the enum number that it stands for: 32 bits, signed."""
    number &= 0xFFFFFFFF
    return number - (1 << 32) if number >= 1 << 31 else number
