"""The files of one contract as a graph of schemas: `$ref` resolved between the contract's own files, nothing retrieved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from registry.domain.change import Json
from registry.domain.errors import BadReference
from registry.domain.location import Location, child, escape, tokens
from registry.engines.documents.document import Document
from registry.engines.jsonschema.dialect import Dialect, SchemaObject, Steps
from registry.engines.jsonschema.specifications import meta_schemas

_FOLDER: Final = "file:///"
_LONGEST_ADDRESS: Final = 2_048
_LONGEST_CHAIN: Final = 100
NOTES: Final = frozenset(
    {"default", "deprecated", "readOnly", "writeOnly", "discriminator", "xml", "x-sunset", "x-stability-level", "x-extensible-enum"}
)
"""Words that no validator checks and that still promise something to people."""


_NAMESPACES: Final = frozenset({"$ref", "definitions", "$defs"})
"""Words that demand nothing beside a reference."""


class Projection(Enum):
    """Which properties exist: all, or in OpenAPI those that a request (not readOnly) or a response (not writeOnly) carries."""

    ALL = ""
    REQUEST = "readOnly"
    RESPONSE = "writeOnly"


@dataclass(frozen=True, slots=True)
class Resource:
    """What relative references resolve against: a base URI, and the file and pointer that its fragment starts from."""

    uri: str
    file: str
    pointer: str


class Schema:
    """A schema at its place in a library. The same place is always the same object, so identity is equality."""

    __slots__ = (
        *("_below", "_followed", "_target", "body", "file", "is_bare_reference", "library", "pointer", "reading", "resource"),
        "value",
    )

    def __init__(self, library: Library, file: str, pointer: str, value: Json, resource: Resource) -> None:
        self.library = library
        self.file = file
        self.pointer = pointer
        self.value = value
        self.resource = resource
        self.body: SchemaObject = value if isinstance(value, dict) else {}
        """The schema object; empty for `true`, for `false` and for what is no schema at all."""
        self.is_bare_reference = isinstance(self.body.get("$ref"), str) and _says_only_reference(library.dialect, self.body)
        """Whether nothing beside `$ref` says anything."""
        self._below: dict[Steps, Schema] = {}
        self._target: Schema | None = None
        self._followed: Schema | None = None
        self.reading: object = None
        """What `view_of` made of the schema, kept here so that it is made once."""

    @property
    def location(self) -> Location:
        """Where the schema stands."""
        return Location(self.file, self.pointer)

    @property
    def refuses_all(self) -> bool:
        """Whether this is the schema `false`."""
        return self.value is False

    @property
    def admits_all(self) -> bool:
        """Whether this is the schema `true` or `{}`."""
        return self.value is True or self.value == {}

    def get(self, keyword: str) -> Json:
        """The value of a keyword that the dialect knows and that `$ref` does not hide, else None."""
        value = self.body.get(keyword)
        if value is None:
            return None
        dialect = self.library.dialect
        if keyword not in dialect.vocabulary:
            return None
        hidden = self.is_bare_reference and dialect.reference_stands_alone and keyword != "$ref"
        return None if hidden else value

    def note(self, keyword: str) -> Json:
        """The value of an annotation (`default`, `deprecated`, `x-sunset`), whether or not the dialect knows it."""
        return self.body.get(keyword)

    def at(self, *steps: str | int) -> Location:
        """Where a keyword of this schema stands."""
        return Location(self.file, child(self.pointer, *steps))

    def sub(self, steps: Steps) -> Schema:
        """The subschema that the steps lead to. KeyError or IndexError when they lead nowhere."""
        known = self._below.get(steps)
        if known is None:
            known = self._below[steps] = self.library.below(self, steps)
        return known

    @property
    def target(self) -> Schema | None:
        """What `$ref` names, or None without one. Raises BadReference."""
        if self._target is None:
            reference = self.get("$ref")
            if not isinstance(reference, str):
                return None
            self._target = self.library.resolve(self, reference)
        return self._target

    def followed(self) -> Schema:
        """The schema behind references that have nothing beside them.

        Raises BadReference when they only lead to themselves, or through too many others.
        """
        if not self.is_bare_reference:
            return self
        if self._followed is None:
            self._followed = self._end_of_references()
        return self._followed

    def _end_of_references(self) -> Schema:
        schema: Schema = self
        seen: set[Schema] = {schema}
        while (target := schema.target) is not None and schema.is_bare_reference:
            if target in seen:
                raise BadReference(f"{schema.body['$ref']!r} leads only back to itself", self.at("$ref"))
            if len(seen) > _LONGEST_CHAIN:
                raise BadReference(f"{self.body['$ref']!r} leads through more than {_LONGEST_CHAIN} others", self.at("$ref"))
            seen.add(target)
            schema = target
        return schema


class Library:
    """All schemas of one contract. Reading is lazy: a schema becomes an object when somebody asks for it.

    `documents` maps the contract's file names to documents; `entry` is the one that readers start at. `objects` says where in a
    document schemas can stand, as JSON pointers: all of it is one schema when it is not given. `addresses` maps other names of
    files to them.
    """

    def __init__(
        self,
        documents: Mapping[str, Document],
        entry: str,
        dialect: Dialect,
        objects: Callable[[Document], Iterator[str]] | None = None,
        addresses: Mapping[str, str] | None = None,
    ) -> None:
        self.documents = documents
        self.entry = entry
        self.dialect = dialect
        self._objects = objects
        self._addresses = addresses or {}
        self.projection = Projection.ALL
        self._schemas: dict[tuple[str, str], Schema] = {}
        self._scanned: set[str] = set()
        self._resources: dict[str, Resource] = {}
        self._anchors: dict[tuple[str, str], tuple[str, str]] = {}
        self._dynamic: dict[str, int] = {}
        self._projected: dict[Projection, Library] = {Projection.ALL: self}

    def projected(self, projection: Projection) -> Library:
        """The same documents seen as a request or a response."""
        if projection not in self._projected:
            library = Library(self.documents, self.entry, self.dialect, self._objects, self._addresses)
            library.projection = projection
            library._projected = self._projected
            self._projected[projection] = library
        return self._projected[projection]

    @property
    def root(self) -> Schema:
        """The schema that the entry document is."""
        return self.at(Location(self.entry, ""))

    def at(self, location: Location) -> Schema:
        """The schema at a place. Raises BadReference when there is nothing."""
        schema = self._schemas.get((location.file, location.path))
        return schema or self._enter(location.file, location.path, location)

    def below(self, schema: Schema, steps: Steps) -> Schema:
        """A subschema, sharing its parent's base URI unless it has an `$id` of its own."""
        pointer = schema.pointer + "".join(f"/{escape(str(step))}" for step in steps)
        known = self._schemas.get((schema.file, pointer))
        if known is not None:
            return known
        value: Json = schema.value
        for step in steps:
            value = _member(value, step)
        return self._place(schema.file, pointer, value, schema.resource)

    def resolve(self, schema: Schema, reference: str) -> Schema:
        """The schema that a reference names. Raises BadReference for an URL, a place outside the contract, or nothing at all."""
        place = schema.at("$ref")
        resource, fragment = self._resource_of(schema.resource, reference, place)
        if fragment and not fragment.startswith("/"):
            anchored = self._anchors.get((resource.uri, fragment))
            if anchored is None:
                raise BadReference(f"no schema has the anchor {fragment!r} that {reference!r} names", place)
            return self._enter(*anchored, place)
        return self._enter(resource.file, resource.pointer + fragment, place)

    def settled(self, schema: Schema, word: str) -> Schema | None:
        """What a dynamic reference names when that does not depend on where the schema is used; None when it does.

        With at most one place that bears the anchor, the dynamic scope has nothing to choose from (2020-12 core, section 8.2.3.2).
        """
        reference = schema.get(word)
        if not isinstance(reference, str):
            return None
        target = self.resolve(schema, reference)
        for name in self.documents:
            self._scan(name)
        if word == "$recursiveRef":
            return target if "#" not in self._dynamic else None
        anchor = reference.partition("#")[2]
        chosen = target.body.get("$dynamicAnchor") == anchor
        return target if not chosen or self._dynamic.get(anchor, 0) <= 1 else None

    def _resource_of(self, base: Resource, reference: str, place: Location) -> tuple[Resource, str]:
        if reference == "#" or reference.startswith("#/"):
            return base, unquote(reference[1:])
        for name in self.documents:
            self._scan(name)
        joined = _joined(base.uri, reference)
        if joined is None:
            raise BadReference(f"{reference[:200]!r} is no address", place)
        address, fragment = urldefrag(joined)
        if not address:
            return base, unquote(fragment)
        if address in self._resources:
            return self._resources[address], unquote(fragment)
        if address in self._addresses:
            return self._base(self._addresses[address]), unquote(fragment)
        if address in meta_schemas():
            self._scan(address)
            return Resource(address, address, ""), unquote(fragment)
        file = _file_of(address) or _file_of(urldefrag(_joined(_FOLDER + base.file, reference) or "")[0])
        if file is None:
            raise BadReference(f"{reference!r} names an address outside the contract", place)
        if _climbs(base.file, reference):
            raise BadReference(f"{reference!r} leads out of the contract's folder", place)
        if file not in self.documents:
            raise BadReference(f"{reference!r} names {file!r}, which is not a file of the contract", place)
        return self._base(file), unquote(fragment)

    def _base(self, file: str) -> Resource:
        """The resource that a whole file is: under its `$id` when it has one."""
        value = self._content(file)
        return _identified(self.dialect, value, Resource(_FOLDER + file, file, ""), "")

    def _content(self, file: str) -> Json:
        """The value of a file: one of the contract, or the meta-schema of a draft, which comes with the program."""
        document = self.documents.get(file)
        return document.value if document is not None else meta_schemas()[file]

    def _enter(self, file: str, pointer: str, place: Location) -> Schema:
        """The schema at a pointer reached from outside: walks from the top of the file, because `$id` on the way counts."""
        known = self._schemas.get((file, pointer))
        if known is not None:
            return known
        if file not in self.documents and file not in meta_schemas():
            raise BadReference(f"{file!r} is not a file of the contract", place)
        resource = self._base(file)
        value, at = self._content(file), ""
        for token in tokens(pointer):
            try:
                value = _member(value, token)
            except (KeyError, IndexError, ValueError):
                raise BadReference(f"there is nothing at {pointer!r} in {file}", place) from None
            at += f"/{escape(token)}"
            resource = _identified(self.dialect, value, resource, at)
        return self._place(file, pointer, value, resource)

    def _place(self, file: str, pointer: str, value: Json, resource: Resource) -> Schema:
        schema = Schema(self, file, pointer, value, _identified(self.dialect, value, resource, pointer))
        self._schemas[(file, pointer)] = schema
        return schema

    def _scan(self, file: str) -> None:
        """Learn the `$id`s and anchors of a file, once; files without either are recognised by their bytes."""
        if file in self._scanned:
            return
        self._scanned.add(file)
        document = self.documents.get(file)
        words = (self.dialect.id_keyword, *self.dialect.anchor_keywords, "$recursiveAnchor")
        if document is not None and not any(word and word.encode() in document.data for word in words):
            return
        for pointer, value, resource in self._schemas_of(file):
            self._resources.setdefault(resource.uri, resource)
            for keyword in self.dialect.anchor_keywords:
                if isinstance(name := value.get(keyword), str):
                    self._anchors[(resource.uri, name)] = (file, pointer)
                    if keyword == "$dynamicAnchor":
                        self._dynamic[name] = self._dynamic.get(name, 0) + 1
            if value.get("$recursiveAnchor") is True:
                self._dynamic["#"] = self._dynamic.get("#", 0) + 1
            plain = value.get(self.dialect.id_keyword)
            if isinstance(plain, str) and plain.startswith("#") and not self.dialect.anchor_keywords:
                self._anchors[(resource.uri, plain[1:])] = (file, pointer)

    def _schemas_of(self, file: str) -> Iterator[tuple[str, SchemaObject, Resource]]:
        """Every schema object of a file by position, with its resource; in a document that only holds schemas, every object."""
        document = self.documents.get(file)
        if document is None or self._objects is None:
            yield from _schemas_in(self.dialect, self._content(file), self._base(file))
            return
        for pointer in self._objects(document):
            schema = self._enter(file, pointer, Location(file, pointer))
            yield pointer, schema.body, schema.resource

    def references(self, schema: Schema) -> Iterator[Schema]:
        """Every schema that can be reached from one, itself first. Raises BadReference at the first reference that fails."""
        stack, seen = [schema], {schema}
        while stack:
            current = stack.pop()
            yield current
            current.followed()
            found = [current.sub(steps) for steps in self.dialect.places(current.body) if steps[0] not in ("definitions", "$defs")]
            target = current.target
            for other in (*found, target) if target is not None else found:
                if other not in seen:
                    seen.add(other)
                    stack.append(other)


def _says_only_reference(dialect: Dialect, body: SchemaObject) -> bool:
    vocabulary = dialect.vocabulary
    return dialect.reference_stands_alone or not any(
        (word in vocabulary and word not in _NAMESPACES) or word in NOTES for word in body
    )


def _member(value: Json, step: str | int) -> Json:
    """One step into a document; array positions may be spelt as text, as in a JSON pointer."""
    if isinstance(value, dict):
        return value[str(step)]
    if isinstance(value, list):
        return value[int(step)]
    raise KeyError(step)


def _identified(dialect: Dialect, value: Json, resource: Resource, pointer: str) -> Resource:
    """The resource that a schema belongs to: its own when it has an `$id` that is more than an anchor."""
    if not dialect.id_keyword or not isinstance(value, Mapping):
        return resource
    name = value.get(dialect.id_keyword)
    if not isinstance(name, str) or name.startswith("#") or (dialect.reference_stands_alone and "$ref" in value):
        return resource
    address = _joined(resource.uri, name)
    return resource if address is None else Resource(urldefrag(address)[0], resource.file, pointer)


def is_address(name: str) -> bool:
    """Whether an `$id` or a reference can be read as an address at all."""
    return _joined(_FOLDER, name) is not None


def _joined(base: str, reference: str) -> str | None:
    """The address that a reference names from a base; None for what is no address (RFC 3986), or longer than any is.

    The bound keeps a long `$id` from being written out again for every schema below it that has one, too.
    """
    if len(base) + len(reference) > _LONGEST_ADDRESS:
        return None
    try:
        return urljoin(base, reference)
    except ValueError:
        return None


def _schemas_in(dialect: Dialect, value: Json, base: Resource) -> Iterator[tuple[str, SchemaObject, Resource]]:
    """Every schema object of a document by position, with its resource. What stands in `const`, `enum` or `examples` is data."""
    stack: list[tuple[str, Json, Resource]] = [("", value, base)]
    while stack:
        pointer, current, above = stack.pop()
        if not isinstance(current, Mapping):
            continue
        resource = _identified(dialect, current, above, pointer)
        yield pointer, current, resource
        for steps in dialect.places(current):
            part: Json = current
            for step in steps:
                part = _member(part, step)
            stack.append((child(pointer, *steps), part, resource))


def _file_of(address: str) -> str | None:
    """The contract's file that an address names, or None for an address of the world."""
    parts = urlsplit(address)
    return unquote(parts.path).lstrip("/") if parts.scheme == "file" and not parts.netloc else None


def _climbs(file: str, reference: str) -> bool:
    """Whether a relative reference leaves the contract's folder; joining URLs would silently stop at the top."""
    path = urlsplit(reference).path
    if path.startswith("/"):
        return True
    depth = file.count("/")
    for part in path.split("/"):
        depth += -1 if part == ".." else 0 if part in ("", ".") else 1
        if depth < 0:
            return True
    return False
