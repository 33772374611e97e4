"""One schema with everything that it refers to as a single document, for validators that know nothing of our files."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any

from registry.domain.change import Json
from registry.engines.jsonschema.dialect import OPENAPI30, Holds
from registry.engines.jsonschema.library import Projection, Schema
from registry.engines.jsonschema.view import left_out

_MOST_PARTS = 5_000


class Unbundled(Exception):
    """The schema cannot be moved into one document without changing what it says."""


def stands_alone(schema: Schema) -> bool:
    """Whether the schema is a whole file that refers to no other, which validators can take as it stands."""
    library = schema.library
    if schema.pointer or not library.dialect.id_keyword or library.projection is not Projection.ALL:
        return False
    return len(library.documents) == 1 or _stays_in_its_file(schema)


@lru_cache(maxsize=16)
def _stays_in_its_file(schema: Schema) -> bool:
    """Asked again for every document that the schema judges."""
    return all(reached.file == schema.file for reached in schema.library.references(schema))


def bundled(schema: Schema, names: Collection[str] | None = None) -> Any:
    """A self-contained JSON Schema that says what the schema says; with `names`, about documents with no other property names.

    A schema under `properties` is applied only to a member that is there, so leaving out those that a document has no name for
    changes nothing for it, and keeps a slice of a large API small. Raises Unbundled when the schema is a part of a document with
    dynamic references, whose meaning depends on where it stands.
    """
    return _Bundle(names).document(schema)


def names_in(document: Json) -> frozenset[str]:
    """Every property name that occurs in a document."""
    found: set[str] = set()
    stack = [document]
    while stack:
        value = stack.pop()
        if isinstance(value, Mapping):
            found.update(value)
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)
    return frozenset(found)


class _Bundle:
    def __init__(self, kept: Collection[str] | None) -> None:
        self._kept = kept
        self._names: dict[Schema, str] = {}
        self._parts: dict[str, Any] = {}
        self._waiting: list[Schema] = []

    def document(self, schema: Schema) -> Any:
        root: Any = self._copied(schema)
        while self._waiting:
            target = self._waiting.pop()
            self._parts[self._names[target]] = self._copied(target)
        return {"allOf": [root], "definitions": self._parts} if self._parts else root

    def _reference(self, target: Schema) -> str:
        if target not in self._names:
            if len(self._names) >= _MOST_PARTS:
                raise Unbundled
            self._names[target] = f"schema{len(self._names)}"
            self._waiting.append(target)
        return f"#/definitions/{self._names[target]}"

    def _copied(self, schema: Schema) -> Any:
        """A copy with references renamed, words of other dialects dropped, and the projection applied."""
        if not isinstance(schema.value, Mapping):
            return self._boolean(schema)
        if schema.is_bare_reference and (target := schema.target) is not None:
            return {"$ref": self._reference(target)}
        dialect = schema.library.dialect
        copy: dict[str, Any] = {}
        for word, value in schema.body.items():
            if word not in dialect.vocabulary or word in ("definitions", "$defs"):
                continue
            if word in ("$dynamicRef", "$recursiveRef"):
                raise Unbundled
            copy[word] = self._word(schema, word, value)
        return self._adapted(schema, copy)

    @staticmethod
    def _boolean(schema: Schema) -> Any:
        if schema.value is True or schema.value is False:
            return {} if schema.value else {"not": {}}
        raise Unbundled

    def _word(self, schema: Schema, word: str, value: Json) -> Any:
        if word == "$ref" and (target := schema.target) is not None:
            return self._reference(target)
        holds = schema.library.dialect.subschemas.get(word)
        if isinstance(value, list) and holds in (Holds.LIST, Holds.ONE_OR_LIST):
            return [self._copied(schema.sub((word, index))) for index in range(len(value))]
        if isinstance(value, Mapping) and holds is Holds.MAP:
            kept = self._kept if word == "properties" and self._kept is not None else value
            return {name: self._entry(schema, word, name, part) for name, part in value.items() if name in kept}
        if isinstance(value, Mapping | bool) and holds in (Holds.ONE, Holds.ONE_OR_LIST):
            return self._copied(schema.sub((word,)))
        return value

    def _entry(self, schema: Schema, word: str, name: str, part: Json) -> Any:
        return self._copied(schema.sub((word, name))) if isinstance(part, Mapping | bool) else part

    @staticmethod
    def _adapted(schema: Schema, copy: dict[str, Any]) -> Any:
        # Asked of all properties, not of the slice: a name that the document lacks is the one that `required` is about.
        named = schema.get("properties")
        if schema.library.projection is not Projection.ALL and isinstance(named, Mapping):
            gone = {name for name in named if left_out(schema.sub(("properties", name)))}
            copy["properties"] = {name: {} if name in gone else part for name, part in copy["properties"].items()}
            listed: Json = copy.pop("required", None)
            names = listed if isinstance(listed, list) else []
            required = [name for name in names if not (isinstance(name, str) and name in gone)]
            if required:
                copy["required"] = required
        if schema.library.dialect is OPENAPI30 and copy.pop("nullable", None) is True and isinstance(copy.get("type"), str):
            copy["type"] = [copy["type"], "null"]
        return copy
