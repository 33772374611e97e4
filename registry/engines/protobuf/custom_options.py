"""Custom options as plain values.

An option that the language does not have is an extension of one of descriptor.proto's option messages. What it means stands in the
contract's own files or in what they import, so it is read with a pool of exactly those files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

from google.protobuf.descriptor_pb2 import FileDescriptorProto
from google.protobuf.message import DecodeError
from google.protobuf.unknown_fields import UnknownFieldSet

from registry.engines.protobuf.elements import Element, Enum, EnumValue, Field, File, Message, Method, Oneof, Service, SourcePath
from registry.engines.protobuf.index import Index

Plain: TypeAlias = "bool | int | float | str | bytes | tuple[Plain, ...] | Mapping[str, Plain]"
Options: TypeAlias = Mapping[str, Plain]
"""Values by the full name of the extension; by its number where no file says what it is."""

_OPTIONS_OF: Mapping[type[Element], tuple[str, int]] = {
    File: ("google.protobuf.FileOptions", 8),
    Message: ("google.protobuf.MessageOptions", 7),
    Field: ("google.protobuf.FieldOptions", 8),
    Oneof: ("google.protobuf.OneofOptions", 2),
    Enum: ("google.protobuf.EnumOptions", 3),
    EnumValue: ("google.protobuf.EnumValueOptions", 3),
    Service: ("google.protobuf.ServiceOptions", 3),
    Method: ("google.protobuf.MethodOptions", 4),
}
"""The message of each declaration's options, and the field that holds it (descriptor.proto)."""

_TIMES = frozenset({"google.protobuf.Duration", "google.protobuf.Timestamp"})


@dataclass(frozen=True, eq=False)
class CustomOptions:
    """The custom options of a revision, each read once. `index` is of all of its files, imports first."""

    index: Index
    classes: dict[str, Any] = field(default_factory=dict[str, Any])
    known: dict[Element, Options] = field(default_factory=dict[Element, "Options"])

    def of(self, element: Element) -> Options:
        """What an element's custom options say."""
        if not element.proto.HasField("options"):
            return {}
        if element not in self.known:
            name, _ = _OPTIONS_OF[type(element)]
            self.known[element] = self._read(name, element.proto.options.SerializeToString())
        return self.known[element]

    def path(self, element: Element, option: str) -> SourcePath:
        """Where an option stands below an element, in the words of the compiler's source info."""
        _, holder = _OPTIONS_OF[type(element)]
        number = self._numbers.get(option)
        return (holder,) if number is None else (holder, number)

    def _read(self, name: str, data: bytes) -> Options:
        try:
            return self._decoded(name, data)
        except (
            DecodeError,
            RecursionError,
        ):  # written by another definition, or the definition is nested too deeply for the runtime
            return {"options that cannot be read": data}

    def _decoded(self, name: str, data: bytes) -> Options:
        message = self._class(name)()
        message.MergeFromString(data)
        known = {item.full_name: _plain(item, value) for item, value in message.ListFields() if item.is_extension}
        unknown: dict[str, tuple[Plain, ...]] = {}
        for item in UnknownFieldSet(message):
            key = str(item.field_number)
            unknown[key] = (*unknown.get(key, ()), _raw(item.data))
        return {**known, **unknown}

    def _class(self, name: str) -> Any:
        from google.protobuf.message_factory import GetMessageClass

        if name not in self.classes:
            self.classes[name] = GetMessageClass(self._pool.FindMessageTypeByName(name))
        return self.classes[name]

    @cached_property
    def _pool(self) -> Any:
        """The files that define options, and what they import. Not the whole contract: the runtime refuses some that compile."""
        from google.protobuf import descriptor_pb2
        from google.protobuf.descriptor_pool import DescriptorPool

        pool = DescriptorPool()
        needed = _needed(self.index)
        if not any(file.name == descriptor_pb2.DESCRIPTOR.name for file in needed):
            pool.AddSerializedFile(descriptor_pb2.DESCRIPTOR.serialized_pb)
        for file in needed:
            pool.Add(file)
        return pool

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        """The field numbers of the extensions by full name."""
        found: dict[str, int] = {}
        for name, _ in _OPTIONS_OF.values():
            found |= {item.full_name: item.number for item in self._pool.FindAllExtensions(self._class(name).DESCRIPTOR)}
        return found


def _needed(index: Index) -> list[FileDescriptorProto]:
    """The files that extend an option message and all that they import, imports first."""
    extended = {name for name, _ in _OPTIONS_OF.values()}
    waiting = [option.file.name for (name, _), option in index.extensions.items() if name in extended]
    needed: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in needed and name in index.files:
            needed.add(name)
            waiting.extend(index.files[name].proto.dependency)
    return [file.proto for name, file in index.files.items() if name in needed]


def _plain(described: Any, value: Any) -> Plain:
    """A value of a field as the standard library knows it: an enum's by name, a moment or a duration as (seconds, nanoseconds)."""
    if described.message_type is not None and described.message_type.GetOptions().map_entry:
        of = described.message_type.fields_by_name["value"]
        return {str(key): _one(of, value[key]) for key in sorted(value)}
    if described.is_repeated:
        return tuple(_one(described, item) for item in value)
    return _one(described, value)


def _one(described: Any, value: Any) -> Plain:
    if described.message_type is not None:
        if described.message_type.full_name in _TIMES:
            return (value.seconds, value.nanos)
        return {item.name: _plain(item, inner) for item, inner in value.ListFields()}
    if described.enum_type is not None:
        named = described.enum_type.values_by_number.get(value)
        return named.name if named is not None else value
    return value


def _raw(data: Any) -> Plain:
    """The data of an unknown field: a number, bytes, or a group."""
    if isinstance(data, int | bytes):
        return data
    return tuple((item.field_number, _raw(item.data)) for item in data)
