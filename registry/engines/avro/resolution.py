"""Whether data written with one schema can be read with another, and where not (specification 1.12, "Schema Resolution")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from registry.domain.location import Location
from registry.engines.avro.matching import branches, promotes, same_name, selected, writer_field
from registry.engines.avro.places import Way
from registry.engines.avro.schema import Array, Concrete, Enum, Fixed, Map, Record, Schema, Type, Union, described


class Reason(StrEnum):
    """Why a reader cannot read."""

    TYPE_MISMATCH = "type-mismatch"
    MISSING_UNION_BRANCH = "missing-union-branch"
    NAME_MISMATCH = "name-mismatch"
    FIXED_SIZE_MISMATCH = "fixed-size-mismatch"
    MISSING_ENUM_SYMBOLS = "missing-enum-symbols"
    READER_FIELD_MISSING_DEFAULT_VALUE = "reader-field-missing-default-value"
    DECIMAL_MISMATCH = "decimal-mismatch"


@dataclass(frozen=True, slots=True)
class Incompatibility:
    """One reason, where it is in a record (`$.lines[].sku`), and where the two types or fields stand."""

    reason: Reason
    message: str
    path: str
    reader: Location
    writer: Location


_Fault = tuple[Reason, str]
_Pair = tuple[Concrete, Concrete, Way]
_ROOT = Way(None, "$")


def incompatibilities(reader: Schema, writer: Schema) -> tuple[Incompatibility, ...]:
    """What keeps a reader from reading everything that a writer may write; empty when nothing does.

    A pair of types is looked at once, wherever it recurs: that it can be read is supposed until something shows that it cannot.
    """
    return tuple(_Resolution(reader, writer).faults())


class _Resolution:
    """A walk through pairs of types, on a list of its own: chains of references cost no interpreter frames."""

    def __init__(self, reader: Schema, writer: Schema) -> None:
        self._reader = reader
        self._writer = writer
        self._seen: set[tuple[int, int]] = set()
        self._waiting: list[_Pair] = []

    def faults(self) -> Iterator[Incompatibility]:
        yield from self._types(self._reader.root, self._writer.root, _ROOT)
        while self._waiting:
            reader, writer, way = self._waiting.pop()
            if isinstance(reader, Record) and isinstance(writer, Record):
                yield from self._records(reader, writer, way)
            elif isinstance(reader, Array) and isinstance(writer, Array):
                yield from self._types(reader.items, writer.items, Way(way, "[]"))
            elif isinstance(reader, Map) and isinstance(writer, Map):
                yield from self._types(reader.values, writer.values, Way(way, "{}"))

    def _types(self, reader_type: Type, writer_type: Type, way: Way) -> Iterator[Incompatibility]:
        reader, writer = self._reader.concrete(reader_type), self._writer.concrete(writer_type)
        if isinstance(reader, Union) or isinstance(writer, Union):
            readers = branches(self._reader, reader)
            for branch in branches(self._writer, writer):
                found = selected(readers, branch)
                if found is not None:
                    yield from self._concrete(found, branch, way)
                elif isinstance(reader, Union):
                    message = f"the reader has no branch for {described(branch)}"
                    yield _fault(Reason.MISSING_UNION_BRANCH, message, reader, branch, way)
                else:
                    yield from self._concrete(reader, branch, way)
            return
        yield from self._concrete(reader, writer, way)

    def _concrete(self, reader: Concrete, writer: Concrete, way: Way) -> Iterator[Incompatibility]:
        """Two types that are no unions: what they say of themselves now, what is inside of them later."""
        fault = mismatch(reader, writer)
        if fault is not None:
            yield _fault(*fault, reader, writer, way)
        elif isinstance(reader, Record | Array | Map):
            pair = (id(reader), id(writer))
            if pair not in self._seen:
                self._seen.add(pair)
                self._waiting.append((reader, writer, way))

    def _records(self, reader: Record, writer: Record, way: Way) -> Iterator[Incompatibility]:
        for field in reader.fields.values():
            found = writer_field(field, writer)
            if found is not None:
                yield from self._types(field.type, found.type, Way(way, f".{field.name}"))
            elif field.default is None:
                message = f"the writer has no field {field.name}, and the reader has no default for it"
                path = str(Way(way, f".{field.name}"))
                reason = Reason.READER_FIELD_MISSING_DEFAULT_VALUE
                yield Incompatibility(reason, message, path, field.place.location, writer.place.location)


def mismatch(reader: Concrete, writer: Concrete) -> _Fault | None:
    """Why a type that is no union does not fit another, whatever is inside of them; None when it does."""
    if reader.kind != writer.kind:
        if promotes(writer, reader):
            return None
        return Reason.TYPE_MISMATCH, f"{described(writer)} is not read as {described(reader)}"
    if isinstance(reader, Record | Enum | Fixed) and isinstance(writer, Record | Enum | Fixed) and not same_name(reader, writer):
        return Reason.NAME_MISMATCH, f"{writer.name} is neither called {reader.name} nor one of its aliases"
    if isinstance(reader, Fixed) and isinstance(writer, Fixed) and reader.size != writer.size:
        return Reason.FIXED_SIZE_MISMATCH, f"{writer.size} bytes are not read as {reader.size}"
    if isinstance(reader, Enum) and isinstance(writer, Enum) and reader.default is None:
        unknown = unknown_symbols(reader, writer)
        if unknown:
            return Reason.MISSING_ENUM_SYMBOLS, f"the reader does not know {', '.join(unknown[:5])} and has no default"
    return _decimal_mismatch(reader, writer)


def unknown_symbols(reader: Enum, writer: Enum) -> tuple[str, ...]:
    """The writer's symbols that the reader does not have."""
    return tuple(symbol for symbol in writer.symbols if symbol not in reader.symbols)


def _decimal_mismatch(reader: Concrete, writer: Concrete) -> _Fault | None:
    """Decimals match when their scales do and the reader has room for the writer's digits.

    The letter wants equal precisions; every number of the narrower decimal is one of the wider (docs/avro.md).
    """
    before, after = getattr(writer, "logical", None), getattr(reader, "logical", None)
    if before is None or after is None or before.name != "decimal" or after.name != "decimal":
        return None
    if before.scale == after.scale and before.precision <= after.precision:
        return None
    return Reason.DECIMAL_MISMATCH, f"{before} is not read as {after}"


def _fault(reason: Reason, message: str, reader: Concrete, writer: Concrete, way: Way) -> Incompatibility:
    return Incompatibility(reason, message, str(way), reader.place.location, writer.place.location)
