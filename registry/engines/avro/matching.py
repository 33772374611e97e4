"""What matches what when data of one schema is read with another (specification 1.12, "Schema Resolution").

Two things are decided otherwise than the letter has it; docs/avro.md says why. Among the branches of a reader's union, one of the
same type goes before one that the writer's type is promoted to. And an array or a map matches by being one: whether its items can
be read is asked afterwards, and reported where the items stand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from registry.engines.avro.schema import Concrete, Enum, Field, Fixed, Named, Record, Schema, Type, Union, unqualified

PROMOTIONS: Mapping[str, frozenset[str]] = {
    "int": frozenset({"long", "float", "double"}),
    "long": frozenset({"float", "double"}),
    "float": frozenset({"double"}),
    "string": frozenset({"bytes"}),
    "bytes": frozenset({"string"}),
}
"""By the writer's type the other types that a reader may ask for."""

_NOTHING: frozenset[str] = frozenset()


def promotes(writer: Concrete, reader: Concrete) -> bool:
    """Whether values of the writer's type are read as another primitive type."""
    return reader.kind in PROMOTIONS.get(writer.kind, _NOTHING)


def same_name(reader: Named, writer: Named) -> bool:
    """Whether two named types are one: by their unqualified names, or by an alias of the reader's."""
    return unqualified(reader.name) == unqualified(writer.name) or writer.name in reader.aliases


def matches(reader: Concrete, writer: Concrete) -> bool:
    """Whether a reader's type that is no union is the one to read a writer's with, looking at nothing inside of them."""
    if reader.kind != writer.kind:
        return promotes(writer, reader)
    if isinstance(reader, Fixed) and isinstance(writer, Fixed):
        return reader.size == writer.size and same_name(reader, writer)
    if isinstance(reader, Record | Enum) and isinstance(writer, Record | Enum):
        return same_name(reader, writer)
    return True


def branches(schema: Schema, type_: Type) -> list[Concrete]:
    """The branches of a union; of any other type the type alone."""
    concrete = schema.concrete(type_)
    return [schema.concrete(branch) for branch in concrete.branches] if isinstance(concrete, Union) else [concrete]


def selected(readers: Sequence[Concrete], writer: Concrete) -> Concrete | None:
    """The branch of a reader that reads a writer's type: one of the same full name, else of the same type, else a promotion."""
    found = [reader for reader in readers if matches(reader, writer)]
    if len(found) < 2:
        return found[0] if found else None
    return min(found, key=lambda reader: (reader.kind != writer.kind, _full_name(reader) != _full_name(writer)))


def writer_field(reader: Field, writer: Record) -> Field | None:
    """The writer's field that a reader's field is filled from: of its name, else of its first alias that there is."""
    direct = writer.fields.get(reader.name)
    if direct is not None or not reader.aliases:
        return direct
    return next((writer.fields[alias] for alias in reader.aliases if alias in writer.fields), None)


def _full_name(type_: Concrete) -> str:
    return type_.name if isinstance(type_, Record | Enum | Fixed) else ""
