"""From the JSON of a schema to its types: names resolved against their namespaces, every declaration checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from registry.domain.change import Json
from registry.domain.errors import BadReference, LimitExceeded, Malformed, WrongKind
from registry.engines.avro.logical_types import logical_of
from registry.engines.avro.names import COMPLEX, check_free, check_name, check_namespace, full_name
from registry.engines.avro.places import Place
from registry.engines.avro.schema import (
    PRIMITIVES,
    Array,
    Default,
    Enum,
    Field,
    Fixed,
    Map,
    Named,
    Primitive,
    Record,
    Reference,
    Schema,
    Type,
    Union,
    namespace,
)
from registry.engines.documents.text import excerpt

_ORDERS = ("ascending", "descending", "ignore")
_MOST_BRANCHES = 1_000


def schema_of(value: Json, *, file: str = "schema.avsc", others: Mapping[str, Json] | None = None) -> Schema:
    """The schema that a JSON value declares; `others` are further files, by name, whose named types it may use.

    Raises WrongKind for what is no schema at all, Malformed for a declaration that the specification refuses, and BadReference for
    a name that nothing declares, each with its place. Whether defaults fit is not looked at here (see `defaults`).
    """
    builder = _Builder()
    root = builder.document(file, value)
    for name, other in (others or {}).items():
        builder.document(name, other)
    builder.check_references()
    return Schema(root, builder.names)


@dataclass(slots=True)
class _Builder:
    """Walks the JSON, first to last, and keeps what has been named on the way."""

    names: dict[str, Named] = field(default_factory=dict[str, Named])
    open_names: dict[str, Place] = field(default_factory=dict[str, Place])
    forward: list[Reference] = field(default_factory=list[Reference])
    """References to names that were not declared yet where they stand."""

    def document(self, file: str, value: Json) -> Type:
        return self.type(value, "", Place(file))

    def type(self, value: Json, enclosing: str, place: Place) -> Type:
        if isinstance(value, str):
            return self._named(value, enclosing, place)
        if isinstance(value, list):
            return self._union(value, enclosing, place)
        if not isinstance(value, dict):
            raise WrongKind("An Avro schema is a name, an array of branches, or an object with a type.", place.location)
        if "type" not in value:
            raise WrongKind("This object declares no Avro type: it has no key type.", place.location)
        kind = value["type"]
        if isinstance(kind, str) and kind in PRIMITIVES:
            return Primitive(kind, place, logical_of(value, kind))
        if isinstance(kind, str) and kind in COMPLEX:
            return self._complex(kind, value, enclosing, place)
        return self.type(kind, enclosing, place.at("type"))

    def check_references(self) -> None:
        """Raise for names that nothing declares, and for uses before the declaration in one file, which parsers refuse."""
        for reference in self.forward:
            declared = self.names.get(reference.name)
            if declared is None:
                known = f" Declared here: {', '.join(sorted(self.names)[:5])}." if self.names else ""
                raise BadReference(f"Nothing declares the type {excerpt(reference.name)}.{known}", reference.place.location)
            if declared.place.file == reference.place.file:
                problem = f"{excerpt(reference.name)} is used before it is declared; declare it where it is first used."
                raise BadReference(problem, reference.place.location)

    def _named(self, name: str, enclosing: str, place: Place) -> Type:
        if name in PRIMITIVES:
            return Primitive(name, place)
        if name in COMPLEX:
            raise Malformed(f"A type {excerpt(name)} has to be written out as an object.", place.location)
        full = full_name(name, enclosing, place)
        if full in self.open_names:
            return Reference(full, place)
        if name in self.open_names:  # no namespace: the specification does not look there, the Java library does
            return Reference(name, place)
        self.forward.append(Reference(full, place))
        return self.forward[-1]

    def _union(self, branches: list[Json], enclosing: str, place: Place) -> Union:
        if len(branches) > _MOST_BRANCHES:
            raise LimitExceeded(f"The union has {len(branches)} branches; at most {_MOST_BRANCHES} are read.", place.location)
        types: list[Type] = []
        seen: set[str] = set()
        for index, branch in enumerate(branches):
            found = self.type(branch, enclosing, place.at(index))
            if isinstance(found, Union):
                raise Malformed("A union may not directly hold another union.", found.place.location)
            identity = _identity(found)
            if identity in seen:
                raise Malformed(f"The union holds {excerpt(identity)} twice.", place.at(index).location)
            seen.add(identity)
            types.append(found)
        return Union(tuple(types), place)

    def _complex(self, kind: str, value: Mapping[str, Json], enclosing: str, place: Place) -> Type:
        match kind:
            case "array":
                return Array(self._part(value, "items", enclosing, place), place)
            case "map":
                return Map(self._part(value, "values", enclosing, place), place)
            case "enum":
                return self._declared(self._enum(value, enclosing, place))
            case "fixed":
                return self._declared(self._fixed(value, enclosing, place))
            case "union":
                raise Malformed("A union is written as an array of its branches.", place.location)
            case _:
                return self._declared(self._record(value, enclosing, place))

    def _part(self, value: Mapping[str, Json], key: str, enclosing: str, place: Place) -> Type:
        if key not in value:
            raise Malformed(f"There is no {key}.", place.location)
        return self.type(value[key], enclosing, place.at(key))

    def _open(self, value: Mapping[str, Json], enclosing: str, place: Place) -> str:
        """The full name of a declaration; from here on it can be referred to."""
        if "name" not in value:
            raise Malformed("A record, enum or fixed needs a name.", place.location)
        space = check_namespace(value["namespace"], place.at("namespace")) if value.get("namespace") is not None else enclosing
        name = full_name(value["name"], space, place.at("name"))
        check_free(name, place.at("name"))
        if name in self.open_names:
            other = self.open_names[name].location
            raise Malformed(f"{excerpt(name)} is declared twice; first at {other}.", place.at("name").location)
        self.open_names[name] = place
        return name

    def _declared(self, declared: Named) -> Named:
        self.names[declared.name] = declared
        return declared

    def _enum(self, value: Mapping[str, Json], enclosing: str, place: Place) -> Enum:
        name = self._open(value, enclosing, place)
        symbols: dict[str, None] = {}
        for index, symbol in enumerate(_list(value, "symbols", place)):
            at = place.at("symbols", index)
            if check_name(symbol, at) in symbols:
                raise Malformed(f"The symbol {excerpt(str(symbol))} stands twice.", at.location)
            symbols[str(symbol)] = None
        default = value.get("default")
        if default is not None and not isinstance(default, str):
            raise Malformed("The default of an enum is one of its symbols.", place.at("default").location)
        return Enum(name, _type_aliases(value, name, place), symbols, default, _text(value, "doc", place), place)

    def _fixed(self, value: Mapping[str, Json], enclosing: str, place: Place) -> Fixed:
        name = self._open(value, enclosing, place)
        size = value.get("size")
        if type(size) is not int or size < 0:
            raise Malformed("A fixed needs a size, its number of bytes.", (place.at("size") if "size" in value else place).location)
        logical = logical_of(value, "fixed", size)
        return Fixed(name, _type_aliases(value, name, place), size, logical, _text(value, "doc", place), place)

    def _record(self, value: Mapping[str, Json], enclosing: str, place: Place) -> Record:
        name = self._open(value, enclosing, place)
        fields: dict[str, Field] = {}
        for index, declaration in enumerate(_list(value, "fields", place)):
            found = self._field(declaration, namespace(name), place.at("fields", index))
            if found.name in fields:
                raise Malformed(f"The field {excerpt(found.name)} stands twice.", found.place.location)
            fields[found.name] = found
        return Record(name, _type_aliases(value, name, place), fields, _text(value, "doc", place), place)

    def _field(self, value: Json, enclosing: str, place: Place) -> Field:
        if not isinstance(value, dict):
            raise Malformed("A field is an object with a name and a type.", place.location)
        for key in ("name", "type"):
            if key not in value:
                raise Malformed(f"The field has no {key}.", place.location)
        order = value.get("order", "ascending")
        if order not in _ORDERS:
            raise Malformed(f"order is one of {', '.join(_ORDERS)}.", place.at("order").location)
        return Field(
            name=check_name(value["name"], place.at("name")),
            type=self.type(value["type"], enclosing, place.at("type")),
            default=Default(value["default"]) if "default" in value else None,
            aliases=tuple(check_name(alias, at) for alias, at in _aliases(value, place)),
            order=str(order),
            doc=_text(value, "doc", place),
            place=place,
        )


def _identity(type_: Type) -> str:
    """What a union may hold once."""
    return type_.kind if isinstance(type_, Primitive | Array | Map | Union) else type_.name


def _list(value: Mapping[str, Json], key: str, place: Place) -> list[Json]:
    found = value.get(key)
    if not isinstance(found, list):
        raise Malformed(f"{key} is an array.", (place.at(key) if key in value else place).location)
    return found


def _text(value: Mapping[str, Json], key: str, place: Place) -> str:
    found = value.get(key, "")
    if not isinstance(found, str):
        raise Malformed(f"{key} is a string.", place.at(key).location)
    return found


def _aliases(value: Mapping[str, Json], place: Place) -> Iterator[tuple[Json, Place]]:
    if value.get("aliases") is not None:
        for index, alias in enumerate(_list(value, "aliases", place)):
            yield alias, place.at("aliases", index)


def _type_aliases(value: Mapping[str, Json], name: str, place: Place) -> tuple[str, ...]:
    """Full names; one without dots is in the namespace of the type that it is an alias of."""
    return tuple(full_name(alias, namespace(name), at) for alias, at in _aliases(value, place))
