"""A compiled Protobuf contract."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from google.protobuf.descriptor_pb2 import FileDescriptorProto, FileDescriptorSet
from google.protobuf.message import DecodeError

from registry.domain.errors import BadReference, Malformed
from registry.domain.location import Location
from registry.engines.protobuf import prescan
from registry.engines.protobuf.custom_options import CustomOptions
from registry.engines.protobuf.elements import File
from registry.engines.protobuf.index import Index, build, merged, own_part
from registry.engines.protobuf.positions import SourceText
from registry.engines.protobuf.reach import Reach, reach_of
from registry.engines.protobuf.workspace import Layout

if TYPE_CHECKING:
    from google.protobuf.descriptor_pool import DescriptorPool

_WELL_KNOWN = "google/protobuf/"
_FILE_TAG = 0x0A  # field 1, length-delimited
_NO_SET = "the file is not a Protobuf descriptor set, or it is truncated"


@dataclass(frozen=True, eq=False)
class Unit:
    """A file with what it declares."""

    file: File

    @cached_property
    def declared(self) -> Index:
        """Its declarations; revisions that share the file share them."""
        return build([self.file])


@dataclass(frozen=True, eq=False)
class Descriptors:
    """The descriptors of a contract's files and of what they import (well-known types, other contracts' files), imports first.

    `sources` holds the texts that it was compiled from, if any; `layout` says where they stand in the contract's folder. What is
    derived from them (indexes, positions) is built on first use and kept.
    """

    units: tuple[Unit, ...]
    sources: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    layout: Layout = Layout()

    @property
    def own(self) -> frozenset[str]:
        """The names of the contract's own files."""
        return frozenset(unit.file.name for unit in self.units if unit.file.own)

    @property
    def files(self) -> tuple[File, ...]:
        """Every file, imported ones included."""
        return tuple(unit.file for unit in self.units)

    @cached_property
    def file_set(self) -> FileDescriptorSet:
        """All files as the compiler writes them."""
        return FileDescriptorSet(file=[unit.file.proto for unit in self.units])

    @cached_property
    def contract(self) -> Index:
        """What the contract itself declares."""
        return own_part(self.everything)

    @cached_property
    def everything(self) -> Index:
        """What the contract declares or imports."""
        return merged([unit.declared for unit in self.units])

    @cached_property
    def options(self) -> CustomOptions:
        """What the custom options of its declarations say."""
        return CustomOptions(self.everything)

    @cached_property
    def reach(self) -> Reach:
        """Which methods carry what."""
        return reach_of(self.everything)

    @cached_property
    def text(self) -> SourceText:
        """Where in the sources the declarations stand, and their comments."""
        return SourceText(self.sources)

    @cached_property
    def pool(self) -> DescriptorPool:
        """A descriptor pool of its own, into which files are loaded when something in them is looked for.

        Looking raises TypeError for a file that the runtime does not load, and KeyError for what there is not.
        """
        from google.protobuf.descriptor_pool import DescriptorPool

        return DescriptorPool(descriptor_db=_Files(self.everything))


def read(
    data: bytes, *, sources: Mapping[str, bytes] | None = None, own: Collection[str] = (), name: str = "descriptor set"
) -> Descriptors:
    """Read a FileDescriptorSet. `sources` are the texts that it was compiled from, `own` the contract's files among them; without
    texts, every file outside google/protobuf/ is the contract's own.

    Raises Malformed when the bytes are not a descriptor set (truncated ones included), or when two of its files have one name;
    BadReference for a name that is no path inside a folder.
    """
    file_set = FileDescriptorSet()
    try:
        file_set.ParseFromString(data)
    except DecodeError:
        raise Malformed(_NO_SET, Location(name, "")) from None
    if not file_set.file or not all(file.name for file in file_set.file):
        raise Malformed("the file is not a Protobuf descriptor set: it describes no named file", Location(name, ""))
    if sources is not None:
        return Descriptors(tuple(Unit(File(file, file.name in own)) for file in file_set.file), sources)
    _check_files(file_set, name)
    return Descriptors(tuple(Unit(_file(file)) for file in file_set.file))


class Library:
    """Reads stored descriptor sets of which many share most of their files: the revisions of one contract.

    A file that has the same bytes in several sets is read and indexed once, and comparing knows it for the same.
    """

    def __init__(self) -> None:
        self._units: dict[bytes, Unit] = {}

    def read(self, data: bytes) -> Descriptors:
        """Read a FileDescriptorSet that was compiled here. Raises Malformed for what is none."""
        return Descriptors(tuple(self._unit(entry) for entry in _entries(data)))

    def _unit(self, entry: bytes) -> Unit:
        unit = self._units.get(entry)
        if unit is None:
            unit = self._units[entry] = Unit(_file(FileDescriptorProto.FromString(entry)))
        return unit


def _file(proto: FileDescriptorProto) -> File:
    return File(proto, not proto.name.startswith(_WELL_KNOWN))


def _entries(data: bytes) -> Iterator[bytes]:
    """The bytes of each file in a FileDescriptorSet: field 1, its length as a varint, and that many bytes."""
    at = 0
    while at < len(data):
        if data[at] != _FILE_TAG:
            raise Malformed(_NO_SET)
        at += 1
        length = shift = 0
        while at < len(data):
            byte = data[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                break
        if at + length > len(data):
            raise Malformed(_NO_SET)
        yield data[at : at + length]
        at += length


class _Files:
    """The files of a contract as the runtime looks for them (google.protobuf.descriptor_database)."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def FindFileByName(self, name: str) -> FileDescriptorProto:  # noqa: N802 - the runtime's name
        """Raises KeyError."""
        return self._index.files[name].proto

    def FindFileContainingSymbol(self, symbol: str) -> FileDescriptorProto:  # noqa: N802 - the runtime's name
        """Raises KeyError."""
        found = self._index.find(symbol)
        if found is None:
            raise KeyError(symbol)
        return found.file.proto


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
