"""Everything that a set of files declares, by full name and by number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from google.protobuf.descriptor_pb2 import DescriptorProto, EnumDescriptorProto, FieldDescriptorProto, ServiceDescriptorProto

from registry.engines.protobuf.elements import Element, Enum, Field, File, Message, Service, SourcePath

# Field numbers of the lists inside FileDescriptorProto and DescriptorProto (descriptor.proto).
_FILE_MESSAGES, _FILE_ENUMS, _FILE_SERVICES, _FILE_EXTENSIONS = 4, 5, 6, 7
_NESTED_MESSAGES, _NESTED_ENUMS, _NESTED_EXTENSIONS = 3, 4, 6

Key = TypeVar("Key")
Declared = TypeVar("Declared", Message, Enum, Service, Field)


@dataclass(frozen=True, slots=True, eq=False)
class Contents:
    """What one file or one package declares, by name inside the package."""

    messages: dict[str, Message] = field(default_factory=dict[str, Message])
    enums: dict[str, Enum] = field(default_factory=dict[str, Enum])
    services: dict[str, Service] = field(default_factory=dict[str, Service])
    extensions: dict[str, Field] = field(default_factory=dict[str, Field])

    def add(self, other: Contents) -> None:
        """Take over what another file declares."""
        self.messages.update(other.messages)
        self.enums.update(other.enums)
        self.services.update(other.services)
        self.extensions.update(other.extensions)


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """The declarations of some files. Extensions are keyed by (full name of the extended message, number)."""

    files: dict[str, File] = field(default_factory=dict[str, File])
    by_file: dict[str, Contents] = field(default_factory=dict[str, Contents])
    by_package: dict[str, Contents] = field(default_factory=dict[str, Contents])
    messages: dict[str, Message] = field(default_factory=dict[str, Message])
    enums: dict[str, Enum] = field(default_factory=dict[str, Enum])
    services: dict[str, Service] = field(default_factory=dict[str, Service])
    extensions: dict[tuple[str, int], Field] = field(default_factory=dict[tuple[str, int], Field])

    def find(self, full_name: str) -> Element | None:
        """The message, enum, service, method, field or extension of that name."""
        whole = self.messages.get(full_name) or self.enums.get(full_name) or self.services.get(full_name)
        if whole is not None:
            return whole
        scope, _, name = full_name.rpartition(".")
        if service := self.services.get(scope):
            return service.methods.get(name)
        if message := self.messages.get(scope):
            return next((item for item in message.fields.values() if item.name == name), None)
        return None


def build(files: Iterable[File]) -> Index:
    """Index the declarations of files."""
    index = Index()
    for file in files:
        here = index.by_file.setdefault(file.name, Contents())
        package = index.by_package.setdefault(file.proto.package, Contents())
        _Builder(index, file, (here, package)).add()
    return index


def merged(parts: Iterable[Index]) -> Index:
    """One index of several, of different files."""
    whole = Index()
    for part in parts:
        whole.files.update(part.files)
        whole.by_file.update(part.by_file)
        whole.messages.update(part.messages)
        whole.enums.update(part.enums)
        whole.services.update(part.services)
        whole.extensions.update(part.extensions)
        for name, contents in part.by_package.items():
            whole.by_package.setdefault(name, Contents()).add(contents)
    return whole


def own_part(index: Index) -> Index:
    """What the contract's own files declare of an index of all files."""
    packages = {file.proto.package for file in index.files.values() if file.own}
    shared = packages & {file.proto.package for file in index.files.values() if not file.own}
    if shared:  # the contract declares something in a package that it also imports
        return build(file for file in index.files.values() if file.own)
    return Index(
        files={name: file for name, file in index.files.items() if file.own},
        by_file={name: contents for name, contents in index.by_file.items() if index.files[name].own},
        by_package={name: contents for name, contents in index.by_package.items() if name in packages},
        messages=_own(index.messages),
        enums=_own(index.enums),
        services=_own(index.services),
        extensions=_own(index.extensions),
    )


def _own(declared: Mapping[Key, Declared]) -> dict[Key, Declared]:
    return {key: element for key, element in declared.items() if element.file.own}


@dataclass(frozen=True, slots=True)
class _Builder:
    index: Index
    file: File
    contents: tuple[Contents, Contents]

    def add(self) -> None:
        proto = self.file.proto
        self.index.files[proto.name] = self.file
        for position, message in enumerate(proto.message_type):
            self._message(message, (_FILE_MESSAGES, position), None)
        for position, enum in enumerate(proto.enum_type):
            self._enum(enum, (_FILE_ENUMS, position), None)
        for position, service in enumerate(proto.service):
            self._service(service, (_FILE_SERVICES, position))
        for position, extension in enumerate(proto.extension):
            self._extension(extension, (_FILE_EXTENSIONS, position), None)

    def _names(self, name: str, parent: Message | None) -> tuple[str, str]:
        """The full name, and the name inside the package."""
        nested = f"{parent.nested_name}.{name}" if parent else name
        package = self.file.proto.package
        return (f"{package}.{nested}" if package else nested, nested)

    def _message(self, proto: DescriptorProto, path: SourcePath, parent: Message | None) -> None:
        full_name, nested_name = self._names(proto.name, parent)
        message = Message(proto, self.file, path, full_name, nested_name, parent)
        self.index.messages[full_name] = message
        for contents in self.contents:
            contents.messages[nested_name] = message
        for position, nested in enumerate(proto.nested_type):
            self._message(nested, (*path, _NESTED_MESSAGES, position), message)
        for position, enum in enumerate(proto.enum_type):
            self._enum(enum, (*path, _NESTED_ENUMS, position), message)
        for position, extension in enumerate(proto.extension):
            self._extension(extension, (*path, _NESTED_EXTENSIONS, position), message)

    def _enum(self, proto: EnumDescriptorProto, path: SourcePath, parent: Message | None) -> None:
        full_name, nested_name = self._names(proto.name, parent)
        enum = Enum(proto, self.file, path, full_name, nested_name, parent)
        self.index.enums[full_name] = enum
        for contents in self.contents:
            contents.enums[nested_name] = enum

    def _service(self, proto: ServiceDescriptorProto, path: SourcePath) -> None:
        service = Service(proto, self.file, path, self._names(proto.name, None)[0])
        self.index.services[service.full_name] = service
        for contents in self.contents:
            contents.services[service.name] = service

    def _extension(self, proto: FieldDescriptorProto, path: SourcePath, scope: Message | None) -> None:
        extension = Field(proto, self.file, path, *self._names(proto.name, scope), scope)
        self.index.extensions[extension.message_name, extension.number] = extension
        for contents in self.contents:
            contents.extensions[extension.nested_name] = extension
