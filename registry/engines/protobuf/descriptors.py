"""A compiled Protobuf contract."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from google.protobuf.descriptor_pb2 import FileDescriptorSet
from google.protobuf.message import DecodeError

from registry.domain.errors import BadReference, Malformed
from registry.domain.location import Location
from registry.engines.protobuf.elements import File
from registry.engines.protobuf.index import Index, build
from registry.engines.protobuf.positions import SourceText

if TYPE_CHECKING:
    from google.protobuf.descriptor_pool import DescriptorPool

_WELL_KNOWN = "google/protobuf/"


@dataclass(frozen=True, eq=False)
class Descriptors:
    """The descriptors of a contract's files and of the well-known types that they import, imports first.

    `own` names the files that are the contract's; `sources` holds their texts, when it was compiled from any. What is derived
    from them (indexes, positions) is built on first use and kept.
    """

    file_set: FileDescriptorSet
    own: frozenset[str]
    sources: Mapping[str, bytes] = field(default_factory=dict[str, bytes])

    @cached_property
    def files(self) -> tuple[File, ...]:
        """Every file, imported ones included."""
        return tuple(File(proto, proto.name in self.own) for proto in self.file_set.file)

    @cached_property
    def contract(self) -> Index:
        """What the contract itself declares."""
        return build(file for file in self.files if file.own)

    @cached_property
    def everything(self) -> Index:
        """What the contract declares or imports."""
        return build(self.files)

    @cached_property
    def text(self) -> SourceText:
        """Where in the sources the declarations stand, and their comments."""
        return SourceText(self.sources)

    @cached_property
    def pool(self) -> DescriptorPool:
        """A descriptor pool of its own with every file. Raises TypeError for what the runtime does not load."""
        from google.protobuf.descriptor_pool import DescriptorPool

        pool = DescriptorPool()
        for file in self.file_set.file:
            pool.Add(file)
        return pool


def read(data: bytes, *, sources: Mapping[str, bytes] | None = None, name: str = "descriptor set") -> Descriptors:
    """Read a FileDescriptorSet. `sources` are the texts that it was compiled from, and the contract's own files; without them,
    every file outside google/protobuf/ is.

    Raises Malformed when the bytes are not a descriptor set (truncated ones included), BadReference when a file imports, or a
    field or method names, something that is not in the set.
    """
    file_set = FileDescriptorSet()
    try:
        file_set.ParseFromString(data)
    except DecodeError:
        raise Malformed("the file is not a Protobuf descriptor set, or it is truncated", Location(name, "")) from None
    if not file_set.file or not all(file.name for file in file_set.file):
        raise Malformed("the file is not a Protobuf descriptor set: it describes no named file", Location(name, ""))
    if sources is not None:
        return Descriptors(file_set, frozenset(sources), sources)
    descriptors = Descriptors(file_set, frozenset(file.name for file in file_set.file if not file.name.startswith(_WELL_KNOWN)))
    _check_references(descriptors, name)
    return descriptors


def _check_references(descriptors: Descriptors, name: str) -> None:
    """A compiler has checked its own output; a set from elsewhere may name what it does not hold."""
    index = descriptors.everything
    for file in descriptors.files:
        for imported in file.proto.dependency:
            if imported not in index.files:
                raise BadReference(f"{file.name} imports {imported}, which is not in the set", Location(name, ""))
    fields = [item for message in index.messages.values() for item in message.fields.values()] + list(index.extensions.values())
    for item in fields:
        if item.type_name and item.type_name not in index.messages and item.type_name not in index.enums:
            raise BadReference(
                f"{item.full_name} has the type {item.type_name}, which is not in the set", Location(name, item.full_name)
            )
    for service in index.services.values():
        for method in service.methods.values():
            for used in (method.request, method.response):
                if used not in index.messages:
                    raise BadReference(f"{method.full_name} uses {used}, which is not in the set", Location(name, method.full_name))
