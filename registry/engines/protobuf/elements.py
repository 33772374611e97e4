"""The things that a `.proto` file declares, each with its full name and its place in the file's descriptor.

Thin views of the raw descriptors, built once per revision. Not the runtime's descriptor pool: it refuses files that compilers
accept (two fields with one JSON name in proto2), and it needs every import.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from google.protobuf.descriptor_pb2 import (
    DescriptorProto,
    Edition,
    EnumDescriptorProto,
    EnumValueDescriptorProto,
    FieldDescriptorProto,
    FileDescriptorProto,
    MethodDescriptorProto,
    OneofDescriptorProto,
    ServiceDescriptorProto,
)

SourcePath: TypeAlias = tuple[int, ...]
"""Field numbers and indexes from the root of a FileDescriptorProto, as in SourceCodeInfo.Location.path of descriptor.proto."""


@dataclass(frozen=True, eq=False)
class File:
    """One file. `own` is false for what the contract only imports: well-known types, and files of other contracts."""

    proto: FileDescriptorProto
    own: bool

    @cached_property
    def places(self) -> bytes:
        """The compiler's record of places and comments, to look for a word in."""
        return self.proto.source_code_info.SerializeToString()

    @property
    def file(self) -> File:
        """Itself: everything declared has a file."""
        return self

    @property
    def path(self) -> SourcePath:
        """The root."""
        return ()

    @property
    def full_name(self) -> str:
        """Empty: a file is not named in the language."""
        return ""

    @property
    def name(self) -> str:
        """Its path relative to the import root."""
        return self.proto.name

    @cached_property
    def edition(self) -> int:
        """The edition, with the two syntaxes before editions as editions of their own."""
        match self.proto.syntax:
            case "editions":
                return self.proto.edition
            case "proto3":
                return Edition.EDITION_PROTO3
            case _:
                return Edition.EDITION_PROTO2

    @property
    def has_editions(self) -> bool:
        """Whether the file says `edition`, so that features are set by options and not by syntax."""
        return self.proto.syntax == "editions"


# Field numbers of the lists inside DescriptorProto, EnumDescriptorProto and ServiceDescriptorProto (descriptor.proto).
_FIELDS, _ONEOFS = 2, 8
_VALUES = _METHODS = 2


@dataclass(frozen=True, eq=False)
class Message:
    """A message, nested ones and the entries of maps included. `nested_name` is its name inside the package."""

    proto: DescriptorProto
    file: File
    path: SourcePath
    full_name: str
    nested_name: str
    parent: Message | None

    @cached_property
    def fields(self) -> Mapping[int, Field]:
        """Its fields by number; made when they are asked for, since most messages of a contract never change."""
        return {item.number: self._field(position, item) for position, item in enumerate(self.proto.field)}

    def _field(self, position: int, item: FieldDescriptorProto) -> Field:
        names = f"{self.full_name}.{item.name}", f"{self.nested_name}.{item.name}"
        return Field(item, self.file, (*self.path, _FIELDS, position), *names, self)

    @cached_property
    def mentions(self) -> frozenset[str]:
        """The full names of its fields' messages and enums."""
        return frozenset(item.type_name.removeprefix(".") for item in self.proto.field if item.type_name)

    @cached_property
    def oneofs(self) -> Sequence[Oneof]:
        """Its oneofs in order of declaration."""
        synthetic = {item.oneof_index for item in self.proto.field if item.proto3_optional}
        places = enumerate(self.proto.oneof_decl)
        return [Oneof(item, self, (*self.path, _ONEOFS, position), position in synthetic) for position, item in places]

    @property
    def name(self) -> str:
        """The short name."""
        return self.proto.name

    @property
    def is_map_entry(self) -> bool:
        """Whether the compiler made it, for a map field."""
        return self.proto.options.map_entry


@dataclass(frozen=True, slots=True, eq=False)
class Oneof:
    """A oneof. A synthetic one stands for a proto3 field marked `optional`."""

    proto: OneofDescriptorProto
    message: Message
    path: SourcePath
    synthetic: bool

    @property
    def file(self) -> File:
        """The file that declares it."""
        return self.message.file

    @property
    def name(self) -> str:
        """The short name."""
        return self.proto.name

    @property
    def full_name(self) -> str:
        """The name inside its message."""
        return f"{self.message.full_name}.{self.proto.name}"


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """A field of a message, or an extension. `scope` is the message that declares it, None for an extension of a file."""

    proto: FieldDescriptorProto
    file: File
    path: SourcePath
    full_name: str
    nested_name: str
    scope: Message | None

    @property
    def name(self) -> str:
        """The short name."""
        return self.proto.name

    @property
    def number(self) -> int:
        """The number on the wire."""
        return self.proto.number

    @property
    def is_extension(self) -> bool:
        """Whether it extends a message declared elsewhere."""
        return bool(self.proto.extendee)

    @property
    def parent(self) -> Message | None:
        """The message that declares it."""
        return self.scope

    @property
    def message_name(self) -> str:
        """Full name of the message that carries it on the wire."""
        return self.proto.extendee.removeprefix(".") if self.proto.extendee else self.scope.full_name if self.scope else ""

    @property
    def type_name(self) -> str:
        """Full name of its message or enum type; empty for a scalar."""
        return self.proto.type_name.removeprefix(".")

    @property
    def oneof(self) -> Oneof | None:
        """The oneof that it is declared in, without synthetic ones."""
        if self.scope is None or self.is_extension or not self.proto.HasField("oneof_index"):
            return None
        found = self.scope.oneofs[self.proto.oneof_index]
        return None if found.synthetic else found

    def __str__(self) -> str:
        kind, name = ("extension", self.full_name) if self.is_extension else ("field", self.name)
        return f"{kind} {self.number} ({name}) of {self.message_name}"


@dataclass(frozen=True, eq=False)
class Enum:
    """An enum. Its values are in order of declaration; several may share a number."""

    proto: EnumDescriptorProto
    file: File
    path: SourcePath
    full_name: str
    nested_name: str
    parent: Message | None

    @cached_property
    def values(self) -> Sequence[EnumValue]:
        """Its values in order of declaration."""
        return [EnumValue(item, self, (*self.path, _VALUES, position)) for position, item in enumerate(self.proto.value)]

    @property
    def name(self) -> str:
        """The short name."""
        return self.proto.name

    def by_number(self) -> dict[int, tuple[EnumValue, ...]]:
        """The values under each number, aliases together."""
        found: dict[int, tuple[EnumValue, ...]] = {}
        for value in self.values:
            found[value.number] = (*found.get(value.number, ()), value)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class EnumValue:
    """A value of an enum. Its full name is a sibling of the enum's, as the language has it."""

    proto: EnumValueDescriptorProto
    enum: Enum
    path: SourcePath

    @property
    def file(self) -> File:
        """The file that declares it."""
        return self.enum.file

    @property
    def name(self) -> str:
        """The short name."""
        return self.proto.name

    @property
    def number(self) -> int:
        """The number on the wire."""
        return self.proto.number

    @property
    def full_name(self) -> str:
        """The name in the scope around the enum."""
        scope = self.enum.full_name.rpartition(".")[0]
        return f"{scope}.{self.proto.name}" if scope else self.proto.name


@dataclass(frozen=True, eq=False)
class Service:
    """A service with its methods by name."""

    proto: ServiceDescriptorProto
    file: File
    path: SourcePath
    full_name: str

    @cached_property
    def methods(self) -> Mapping[str, Method]:
        """Its methods by name."""
        return {item.name: Method(item, self, (*self.path, _METHODS, position)) for position, item in enumerate(self.proto.method)}

    @property
    def name(self) -> str:
        """The short name."""
        return self.proto.name


@dataclass(frozen=True, slots=True, eq=False)
class Method:
    """A method of a service."""

    proto: MethodDescriptorProto
    service: Service
    path: SourcePath

    @property
    def file(self) -> File:
        """The file that declares it."""
        return self.service.file

    @property
    def name(self) -> str:
        """The short name."""
        return self.proto.name

    @property
    def full_name(self) -> str:
        """The name inside its service."""
        return f"{self.service.full_name}.{self.proto.name}"

    @property
    def request(self) -> str:
        """Full name of the request's message."""
        return self.proto.input_type.removeprefix(".")

    @property
    def response(self) -> str:
        """Full name of the response's message."""
        return self.proto.output_type.removeprefix(".")


Element: TypeAlias = File | Message | Oneof | Field | Enum | EnumValue | Service | Method


def parent_of(element: Element) -> Element | None:
    """What encloses an element in its file; None for a file."""
    match element:
        case File():
            return None
        case Message() | Field() | Enum():
            return element.parent or element.file
        case Oneof():
            return element.message
        case EnumValue():
            return element.enum
        case Service():
            return element.file
        case Method():
            return element.service


def enclosing(element: Element) -> Iterator[Element]:
    """The element, then what encloses it, outwards to its file."""
    current: Element | None = element
    while current is not None:
        yield current
        current = parent_of(current)
