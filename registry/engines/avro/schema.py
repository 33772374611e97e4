"""Avro schemas as frozen values (specification 1.12, "Schema Declaration").

A named type stands once, under its full name; wherever else it is used there is a `Reference`, so that recursion needs no cycles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from registry.domain.change import Json
from registry.engines.avro.places import Place

PRIMITIVES = ("null", "boolean", "int", "long", "float", "double", "bytes", "string")


@dataclass(frozen=True, slots=True)
class Logical:
    """What values of an underlying type mean. Precision and scale are those of a decimal, and 0 otherwise."""

    name: str
    precision: int = 0
    scale: int = 0

    def __str__(self) -> str:
        return f"{self.name}({self.precision}, {self.scale})" if self.name == "decimal" else self.name


@dataclass(frozen=True, slots=True, eq=False)
class Primitive:
    """A type without parts."""

    kind: str
    place: Place
    logical: Logical | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Array:
    """A list of items of one type."""

    items: Type
    place: Place
    kind: ClassVar[str] = "array"


@dataclass(frozen=True, slots=True, eq=False)
class Map:
    """Values of one type by string keys."""

    values: Type
    place: Place
    kind: ClassVar[str] = "map"


@dataclass(frozen=True, slots=True, eq=False)
class Union:
    """One of several types."""

    branches: tuple[Type, ...]
    place: Place
    kind: ClassVar[str] = "union"


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """A named type that is declared elsewhere."""

    name: str
    place: Place
    kind: ClassVar[str] = "reference"


@dataclass(frozen=True, slots=True, eq=False)
class Fixed:
    """So many bytes."""

    name: str
    aliases: tuple[str, ...]
    size: int
    logical: Logical | None
    doc: str
    place: Place
    kind: ClassVar[str] = "fixed"


@dataclass(frozen=True, slots=True, eq=False)
class Enum:
    """One of some symbols, kept in their order. `default` stands for symbols that a reader does not know."""

    name: str
    aliases: tuple[str, ...]
    symbols: Mapping[str, None]
    default: str | None
    doc: str
    place: Place
    kind: ClassVar[str] = "enum"


@dataclass(frozen=True, slots=True, eq=False)
class Default:
    """What a reader takes for a field that the writer did not have, as the JSON stands in the schema."""

    value: Json


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """A field of a record."""

    name: str
    type: Type
    default: Default | None
    aliases: tuple[str, ...]
    order: str
    doc: str
    place: Place


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """Named fields, in their order; an error of a protocol is a record too."""

    name: str
    aliases: tuple[str, ...]
    fields: Mapping[str, Field]
    doc: str
    place: Place
    kind: ClassVar[str] = "record"


Named: TypeAlias = Fixed | Enum | Record
Concrete: TypeAlias = Primitive | Array | Map | Union | Fixed | Enum | Record
Type: TypeAlias = Concrete | Reference


@dataclass(frozen=True, slots=True, eq=False)
class Schema:
    """A schema and the named types that it uses, by full name."""

    root: Type
    names: Mapping[str, Named]

    def concrete(self, type_: Type) -> Concrete:
        """The type itself, a reference followed."""
        return self.names[type_.name] if isinstance(type_, Reference) else type_


def unqualified(full_name: str) -> str:
    """A name without its namespace."""
    return full_name.rpartition(".")[2]


def namespace(full_name: str) -> str:
    """The namespace of a full name; "" for the null namespace."""
    return full_name.rpartition(".")[0]


def described(type_: Concrete) -> str:
    """A type in a word or two, for a message."""
    match type_:
        case Record() | Enum() | Fixed():
            return f"{type_.kind} {unqualified(type_.name)}"
        case Union():
            return "a union"
        case Primitive(logical=Logical() as logical):
            return f"{type_.kind} ({logical})"
        case _:
            return type_.kind
