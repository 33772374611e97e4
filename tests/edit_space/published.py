"""The object model of OpenAPI, read out of the JSON Schemas that the specification publishes for 3.0, 3.1 and 3.2.

An object is a definition of the published schema; its fields are the properties that any schema of the same instance names. The
fields of a Schema Object are the words of the meta-schemas: JSON Schema's vocabularies and OpenAPI's own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema_specifications import REGISTRY
from openapi_spec_validator import schemas

JsonSchema = Mapping[str, Any]

VERSIONS = ("3.0", "3.1", "3.2")
SCHEMA = "schema"
REFERENCE = "reference"
ROOT = "openapi"
ENTRY = "*"
"""The name of the field that stands for every entry of an object whose names the author chooses."""

_JSON_SCHEMA = "https://json-schema.org/draft/2020-12/schema"
_SAME_INSTANCE = ("allOf", "anyOf", "oneOf")
EXTENSION = "x-"
"""The name of the field that stands for every extension that nobody has to understand."""
UNDERSTOOD: Mapping[str, tuple[str, ...]] = {
    "operation": ("x-sunset", "x-stability-level"),
    "parameter": ("x-sunset", "x-stability-level"),
    "header": ("x-sunset", "x-stability-level"),
    "schema": ("x-sunset", "x-stability-level", "x-extensible-enum"),
}
"""The extensions that the product promises to understand, and where."""

_EXTENSION = "^x-"
_RENAMED = {"externaldocs": "externaldocumentation", "callbacks": "callback"}
"""Names of definitions that differ between versions, as the other versions have them."""


class Shape(StrEnum):
    """What stands under a field: a bare value, one object, an array of them, or a map from the author's names."""

    VALUE = "value"
    OBJECT = "object"
    LIST = "list"
    MAP = "map"


@dataclass(frozen=True)
class Field:
    """One field of an object. `targets` are the objects found there; `value` is what the published schema says about it."""

    name: str
    shape: Shape
    targets: tuple[str, ...]
    value: Any

    @property
    def is_flag(self) -> bool:
        """Whether it is true or false."""
        return isinstance(self.value, Mapping) and self.value.get("type") == "boolean"


@cache
def objects(version: str) -> Mapping[str, Mapping[str, Field]]:
    """Every object of a version that the document leads to, with its fields by name."""
    model = _Model(_published(version), "definitions" if version == "3.0" else "$defs")
    found = model.reached(model.content, ROOT)
    if version != "3.0":
        found |= _Model(_openapi_words(), "$defs").reached({"$ref": "#"}, SCHEMA)
        found[SCHEMA] = {**_json_schema_words(), **found[SCHEMA], EXTENSION: Field(EXTENSION, Shape.VALUE, (), True)}
    return {name: {**fields, **_understood(name)} for name, fields in found.items()}


def _understood(name: str) -> Mapping[str, Field]:
    return {word: Field(word, Shape.VALUE, (), True) for word in UNDERSTOOD.get(name, ())}


@cache
def published(version: str) -> JsonSchema:
    """The schema that the specification publishes for the documents of a version."""
    return _published(version)


def _published(version: str) -> JsonSchema:
    reader = {"3.0": schemas.get_schema_content_v30, "3.1": schemas.get_schema_content_v31, "3.2": schemas.get_schema_content_v32}
    return json.loads(json.dumps(dict(reader[version]())))


def _openapi_words() -> JsonSchema:
    folder = files("openapi_schema_validator") / "schemas" / "oas3.2" / "meta"
    [meta] = [entry for entry in folder.iterdir() if entry.name.endswith(".json")]
    return json.loads(meta.read_text("utf-8"))


def _json_schema_words() -> Mapping[str, Field]:
    """The words of every vocabulary of JSON Schema 2020-12, those that only stand for older ones left out."""
    found: dict[str, Field] = {}
    for part in REGISTRY.contents(_JSON_SCHEMA)["allOf"]:
        vocabulary = REGISTRY.resolver(_JSON_SCHEMA).lookup(part["$ref"]).contents
        model = _Model(vocabulary, "$defs")
        found.update({name: model.field(name, value) for name, value in vocabulary["properties"].items()})
    return found


class _Model:
    """Reads fields and their targets out of one published schema."""

    def __init__(self, content: JsonSchema, definitions: str) -> None:
        self.content = content
        self._definitions = definitions

    def reached(self, start: Any, name: str) -> dict[str, Mapping[str, Field]]:
        found: dict[str, Mapping[str, Field]] = {}
        waiting: list[tuple[str, Any]] = [(name, start)]
        while waiting:
            name, schema = waiting.pop()
            if name in found:
                continue
            found[name] = fields = self._fields(schema)
            waiting += [
                (target, definition) for field in fields.values() for target, definition in self._objects(field.value, field.shape)
            ]
        return found

    def field(self, name: str, value: Any) -> Field:
        shape, inner = self._shape(value)
        targets = tuple(dict.fromkeys(target for target, _ in self._targets(inner)))
        return Field(name, Shape.VALUE if shape is Shape.OBJECT and not targets else shape, targets, self._plain(value))

    def _fields(self, schema: Any) -> Mapping[str, Field]:
        found: dict[str, Field] = {}
        for part in self._same_instance(schema):
            for name, value in part.get("properties", {}).items():
                if value is not False and (name not in found or found[name].value in (True, {})):
                    found[name] = self.field(name, value)
            entries = [value for pattern, value in part.get("patternProperties", {}).items() if pattern != _EXTENSION]
            methods = [pattern for pattern in part.get("patternProperties", {}) if re.fullmatch(r"\^\([a-z|]+\)\$", pattern)]
            if methods:  # 3.0 writes the methods of a path item as one pattern
                found.update({name: self.field(name, entries[0]) for name in methods[0][2:-2].split("|")})
            elif part.get("patternProperties", {}).get("^\\$ref$"):
                found["$ref"] = self.field("$ref", {"type": "string"})
            elif entries and any(self._targets(entry) for entry in entries):
                found[ENTRY] = self.field(ENTRY, entries[0])
            if isinstance(part.get("additionalProperties"), Mapping):
                found[ENTRY] = self.field(ENTRY, part["additionalProperties"])
            if _EXTENSION in part.get("patternProperties", {}):
                found[EXTENSION] = self.field(EXTENSION, True)
        return found

    def _same_instance(self, schema: Any) -> Iterator[JsonSchema]:
        """A schema and every other one that speaks about the same instance."""
        if not isinstance(schema, Mapping):
            return
        yield schema
        if "$ref" in schema:
            yield from self._same_instance(self._definition(schema["$ref"]))
        for word in _SAME_INSTANCE:
            for branch in schema.get(word, ()):
                yield from self._same_instance(branch)
        for word in ("then", "else"):
            yield from self._same_instance(schema.get(word))
        for branch in schema.get("dependentSchemas", {}).values():
            yield from self._same_instance(branch)

    def _shape(self, value: Any) -> tuple[Shape, Any]:
        if isinstance(value, Mapping):
            plain = self._plain(value)
            if plain.get("type") == "array":
                return Shape.LIST, plain.get("items")
            entries = _entries(plain)
            if entries and not self._targets(value):
                return Shape.MAP, entries[0]
        return Shape.OBJECT, value

    def _plain(self, value: Any) -> Any:
        """What a reference to a definition of bare values says."""
        if isinstance(value, Mapping) and "$ref" in value and not self._targets(value):
            return self._plain(self._definition(value["$ref"]))
        return value

    def _objects(self, value: Any, shape: Shape) -> list[tuple[str, Any]]:
        return self._targets(self._shape(value)[1] if shape in (Shape.LIST, Shape.MAP) else value)

    def _targets(self, value: Any) -> list[tuple[str, Any]]:
        """The objects that a value can be: definitions with fields, looked for through alternatives."""
        if not isinstance(value, Mapping):
            return []
        if "$dynamicRef" in value:
            return [(SCHEMA, self._same_name(SCHEMA))]
        if "$ref" in value:
            definition = self._definition(value["$ref"])
            if "if" in definition and "properties" not in definition and definition.get("type") != "object":
                return self._targets(definition["then"]) + self._targets(definition["else"])
            return [(_name(value["$ref"]), definition)] if self._is_object(definition) else []
        return [target for word in ("oneOf", "anyOf") for branch in value.get(word, ()) for target in self._targets(branch)]

    def _is_object(self, definition: JsonSchema) -> bool:
        """Whether the specification has a section about it; a map of bare texts or of media types has none."""
        parts = tuple(self._same_instance(definition))
        described = any(part.get("properties") or part.get("patternProperties") for part in parts)
        entries = definition.get("additionalProperties")
        named = isinstance(entries, Mapping) and entries != {"type": "string"}
        return (described or named) and definition.get("$comment", "-object").endswith("-object")

    def _same_name(self, name: str) -> JsonSchema:
        return self.content.get(self._definitions, {}).get(name, {})

    def _definition(self, reference: str) -> JsonSchema:
        value: Any = self.content
        for token in reference.removeprefix("#").split("/")[1:]:
            value = value[token]
        return value


def _entries(schema: JsonSchema) -> list[Any]:
    """What is said about entries whose names the author chooses."""
    more = schema.get("additionalProperties")
    patterns = schema.get("patternProperties", {}).items()
    return [value for pattern, value in patterns if pattern != _EXTENSION and isinstance(value, Mapping)] + (
        [more] if isinstance(more, Mapping) else []
    )


def _name(reference: str) -> str:
    """The name of a definition, spelt alike in every version: `#/$defs/path-item` and `#/definitions/PathItem` are `pathitem`."""
    plain = re.sub(r"[^a-z0-9]", "", reference.rsplit("/", 1)[-1].lower())
    return re.sub(r"(oauth)?flow$", "", _RENAMED.get(plain, plain))
