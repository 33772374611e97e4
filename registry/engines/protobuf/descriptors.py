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
from registry.engines.protobuf import prescan
from registry.engines.protobuf.elements import File
from registry.engines.protobuf.index import Index, build, own_part
from registry.engines.protobuf.positions import SourceText
from registry.engines.protobuf.workspace import Layout

if TYPE_CHECKING:
    from google.protobuf.descriptor_pool import DescriptorPool

_WELL_KNOWN = "google/protobuf/"


@dataclass(frozen=True, eq=False)
class Descriptors:
    """The descriptors of a contract's files and of the well-known types that they import, imports first.

    `own` names the files that are the contract's; `sources` holds their texts, when it was compiled from any; `layout` says where
    they stand in the contract's folder. What is derived from them (indexes, positions) is built on first use and kept.
    """

    file_set: FileDescriptorSet
    own: frozenset[str]
    sources: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    layout: Layout = Layout()

    @cached_property
    def files(self) -> tuple[File, ...]:
        """Every file, imported ones included."""
        return tuple(File(proto, proto.name in self.own) for proto in self.file_set.file)

    @cached_property
    def contract(self) -> Index:
        """What the contract itself declares."""
        return own_part(self.everything)

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

    Raises Malformed when the bytes are not a descriptor set (truncated ones included), or when two of its files have one name;
    BadReference for a name that is no path inside a folder.
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
    _check_files(file_set, name)
    return Descriptors(file_set, frozenset(file.name for file in file_set.file if not file.name.startswith(_WELL_KNOWN)))


def _check_files(file_set: FileDescriptorSet, name: str) -> None:
    """Every file of a set from elsewhere has a name of its own that a compiler can be given."""
    names: set[str] = set()
    for file in file_set.file:
        # What is no UTF-8 comes as bytes.
        if not isinstance(file.name, str) or not prescan.stays_inside(file.name):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise BadReference(f"{file.name!r} is not a path inside the contract's folder", Location(name, ""))
        if file.name in names:
            raise Malformed(f"the set describes {file.name} twice", Location(name, ""))
        names.add(file.name)
