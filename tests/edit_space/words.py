"""What each word of a schema can be made to say: a narrower and a wider value, or two that are merely different."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_TEXT = {"type": "string"}
_NUMBER = {"type": "number"}
_ARRAY = {"type": "array"}
_OBJECT = {"type": "object"}
_SHORT = {"type": "string", "maxLength": 5}
_LONG = {"type": "string", "maxLength": 10}
_NAMES = ("One", "Two")
_REFERENCES = tuple(f"#/components/schemas/{name}" for name in _NAMES)

COMPONENTS: Mapping[str, Any] = {
    "One": {"type": "object", "properties": {"kind": {"type": "string"}, "one": _SHORT}},
    "Two": {"type": "object", "properties": {"kind": {"type": "string"}, "one": _LONG}},
    "Short": _SHORT,
    "Long": _LONG,
}
"""Schemas that samples refer to."""


@dataclass(frozen=True)
class Word:
    """Two values of a word, in a schema where they mean something. Where `ordered`, the first admits less than the second."""

    around: Mapping[str, Any]
    one: Any
    two: Any
    ordered: bool = False

    def edits(self, name: str) -> Iterator[tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
        """Each action with the schema before and after."""
        absent = {key: value for key, value in self.around.items() if key != name}
        one, two = ({**self.around, name: value} for value in (self.one, self.two))
        if self.one is True and self.two is False:
            yield "turned on", two, one
            yield "turned off", one, two
            return
        yield "added", absent, one
        yield "removed", one, absent
        if self.ordered:
            yield "narrowed", two, one
            yield "widened", one, two
        elif self.one != self.two:
            yield "changed", one, two


def _narrow(around: Mapping[str, Any], narrow: Any, wide: Any) -> Word:
    return Word(around, narrow, wide, ordered=True)


_LANGUAGE = {
    "type": _narrow({}, "integer", ["integer", "string"]),
    "enum": _narrow({}, ["one"], ["one", "two"]),
    "multipleOf": _narrow(_NUMBER, 4, 2),
    "maximum": _narrow(_NUMBER, 5, 10),
    "exclusiveMaximum": _narrow(_NUMBER, 5, 10),
    "minimum": _narrow(_NUMBER, 10, 5),
    "exclusiveMinimum": _narrow(_NUMBER, 10, 5),
    "maxLength": _narrow(_TEXT, 5, 10),
    "minLength": _narrow(_TEXT, 10, 5),
    "pattern": _narrow(_TEXT, "^aa", "^a"),
    "maxItems": _narrow(_ARRAY, 5, 10),
    "minItems": _narrow(_ARRAY, 10, 5),
    "minContains": _narrow({**_ARRAY, "contains": _TEXT}, 3, 2),
    "maxContains": _narrow({**_ARRAY, "contains": _TEXT}, 2, 3),
    "maxProperties": _narrow(_OBJECT, 5, 10),
    "minProperties": _narrow(_OBJECT, 10, 5),
    "required": _narrow({**_OBJECT, "properties": {"one": _TEXT, "two": _TEXT}}, ["one", "two"], ["one"]),
    "dependentRequired": _narrow(_OBJECT, {"one": ["two", "three"]}, {"one": ["two"]}),
    "items": _narrow(_ARRAY, _SHORT, _LONG),
    "contains": _narrow(_ARRAY, _SHORT, _LONG),
    "prefixItems": _narrow(_ARRAY, [_SHORT], [_LONG]),
    "unevaluatedItems": _narrow({**_ARRAY, "prefixItems": [_TEXT]}, False, _TEXT),
    "properties": _narrow(_OBJECT, {"one": _SHORT}, {"one": _LONG}),
    "patternProperties": _narrow(_OBJECT, {"^o": _SHORT}, {"^o": _LONG}),
    "additionalProperties": _narrow(_OBJECT, False, _TEXT),
    "unevaluatedProperties": _narrow({**_OBJECT, "properties": {"one": _TEXT}}, False, _TEXT),
    "propertyNames": _narrow(_OBJECT, {"maxLength": 5}, {"maxLength": 10}),
    "dependentSchemas": _narrow(_OBJECT, {"one": {"required": ["two", "three"]}}, {"one": {"required": ["two"]}}),
    "if": _narrow({"then": {"maxLength": 5}}, _TEXT, {"type": "string", "minLength": 8}),
    "then": _narrow({"if": _TEXT}, {"maxLength": 5}, {"maxLength": 10}),
    "else": _narrow({"if": _NUMBER}, {"maxLength": 5}, {"maxLength": 10}),
    "allOf": _narrow({}, [_SHORT], [_LONG]),
    "anyOf": _narrow({}, [_TEXT], [_TEXT, _NUMBER]),
    "oneOf": _narrow({}, [_TEXT], [_TEXT, _NUMBER]),
    "not": _narrow({}, _TEXT, _SHORT),
    "$ref": _narrow({}, "#/components/schemas/Short", "#/components/schemas/Long"),
}
"""Words that decide which documents are valid."""

_FLAGS = {name: Word(around, True, False) for name, around in (("uniqueItems", _ARRAY), ("nullable", _TEXT))}
_PROMISES = {
    "const": Word({}, "one", "two"),
    "format": Word(_TEXT, "date", "email"),
    "default": Word(_TEXT, "one", "two"),
    "contentEncoding": Word(_TEXT, "base64", "base16"),
    "contentMediaType": Word(_TEXT, "image/png", "image/jpeg"),
    "contentSchema": Word({**_TEXT, "contentMediaType": "application/json"}, _TEXT, _NUMBER),
    "deprecated": Word(_TEXT, True, False),
    "readOnly": Word(_TEXT, True, False),
    "writeOnly": Word(_TEXT, True, False),
    "x-sunset": Word({**_TEXT, "deprecated": True}, "2031-01-31", "2030-01-31"),
    "x-stability-level": Word(_TEXT, "beta", "alpha"),
    "x-extensible-enum": Word(_TEXT, ["one", "two"], ["one"]),
    "discriminator": Word(
        {"oneOf": [{"$ref": reference} for reference in _REFERENCES]}, {"propertyName": "kind"}, {"propertyName": "sort"}
    ),
}
"""Words that promise something, or are neither narrower nor wider."""

_IDENTITY = {
    "$id": Word(_TEXT, "https://one.example/schema", "https://two.example/schema"),
    "$schema": Word(_TEXT, "https://json-schema.org/draft/2020-12/schema", "https://spec.openapis.org/oas/3.1/dialect/base"),
    "$anchor": Word(_TEXT, "one", "two"),
    "$dynamicAnchor": Word(_TEXT, "one", "two"),
    "$vocabulary": Word(_TEXT, {"https://one.example/": True}, {"https://two.example/": True}),
    "$defs": Word(_TEXT, {"one": _TEXT}, {"two": _TEXT}),
    "$dynamicRef": Word(
        {"$defs": {"one": {"$dynamicAnchor": "one", **_SHORT}, "two": {"$dynamicAnchor": "two", **_LONG}}}, "#one", "#two"
    ),
}
"""Words that name schemas."""

_PROSE = {
    name: Word(_TEXT, one, two)
    for name, one, two in (
        ("title", "one", "two"),
        ("description", "one", "two"),
        ("$comment", "one", "two"),
        ("example", "one", "two"),
        ("examples", ["one"], ["two"]),
        ("externalDocs", {"url": "https://one.example/"}, {"url": "https://two.example/"}),
        ("xml", {"name": "one"}, {"name": "two"}),
        ("x-", "one", "two"),
    )
}

WORDS: Mapping[str, Word] = {**_LANGUAGE, **_FLAGS, **_PROMISES, **_IDENTITY, **_PROSE}

OF_PROPERTIES = frozenset({"deprecated", "readOnly", "writeOnly", "default", "x-sunset", "x-stability-level"})
"""Words that mean something for a property of an object, and are edited there."""

INNER_WORDS = ("maxLength", "type", "format", "default", "deprecated")
"""Words to see that a comparison goes into the schemas of a schema: bounds, types, and promises."""

_CHOICE = {"oneOf": [{"$ref": reference} for reference in _REFERENCES]}
_MAPPED = {"a": _REFERENCES[0], "b": _REFERENCES[1]}


def _discriminator(**said: Any) -> Mapping[str, Any]:
    return {**_CHOICE, "discriminator": {"propertyName": "kind", **said}}


DISCRIMINATOR: Mapping[str, Mapping[str, tuple[Mapping[str, Any], Mapping[str, Any]]]] = {
    "propertyName": {"changed": (_discriminator(), _discriminator(propertyName="sort"))},
    "mapping": {
        "added": (_discriminator(), _discriminator(mapping=_MAPPED)),
        "removed": (_discriminator(mapping=_MAPPED), _discriminator()),
        "one more": (_discriminator(mapping=_MAPPED), _discriminator(mapping={**_MAPPED, "c": _REFERENCES[0]})),
        "one less": (_discriminator(mapping={**_MAPPED, "c": _REFERENCES[0]}), _discriminator(mapping=_MAPPED)),
        "changed": (
            _discriminator(mapping={**_MAPPED, "c": _REFERENCES[0]}),
            _discriminator(mapping={**_MAPPED, "c": _REFERENCES[1]}),
        ),
    },
    "defaultMapping": {
        "added": (_discriminator(), _discriminator(defaultMapping=_REFERENCES[0])),
        "removed": (_discriminator(defaultMapping=_REFERENCES[0]), _discriminator()),
        "changed": (_discriminator(defaultMapping=_REFERENCES[0]), _discriminator(defaultMapping=_REFERENCES[1])),
    },
}
"""Edits of a discriminator: by field and action, the schema before and after."""

_XML_VALUES = {
    "nodeType": ("element", "attribute"),
    "name": ("one", "two"),
    "namespace": ("https://one.example/", "https://two.example/"),
    "prefix": ("one", "two"),
    "attribute": (True, False),
    "wrapped": (True, False),
}


class _Xml(Word):
    """A word of how a schema is written as XML; the others are left as they are."""

    def edits(self, name: str) -> Iterator[tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
        for action, old, new in super().edits(name):
            yield action, *({"type": "array", "items": _TEXT, "xml": xml} for xml in (old, new))


XML: Mapping[str, Word] = {name: _Xml({}, one, two) for name, (one, two) in _XML_VALUES.items()}
"""Edits of how a schema is written as XML."""

INNER: Mapping[str, Any] = {
    "properties": lambda schema: {"type": "object", "properties": {"one": schema}},
    "patternProperties": lambda schema: {"type": "object", "patternProperties": {"^o": schema}},
    "additionalProperties": lambda schema: {"type": "object", "additionalProperties": schema},
    "unevaluatedProperties": lambda schema: {"type": "object", "unevaluatedProperties": schema},
    "propertyNames": lambda schema: {"type": "object", "propertyNames": schema},
    "dependentSchemas": lambda schema: {"dependentSchemas": {"one": {"properties": {"two": schema}}}},
    "items": lambda schema: {"type": "array", "items": schema},
    "prefixItems": lambda schema: {"type": "array", "prefixItems": [schema]},
    "unevaluatedItems": lambda schema: {"type": "array", "unevaluatedItems": schema},
    "contains": lambda schema: {"type": "array", "contains": schema},
    "allOf": lambda schema: {"allOf": [schema]},
    "anyOf": lambda schema: {"anyOf": [schema, {"type": "boolean"}]},
    "oneOf": lambda schema: {"oneOf": [schema, {"type": "boolean"}]},
    "not": lambda schema: {"not": schema},
    "if": lambda schema: {"if": schema, "then": {"minLength": 20, "minimum": 5}},
    "then": lambda schema: {"if": True, "then": schema},
    "else": lambda schema: {"if": False, "else": schema},
    "contentSchema": lambda schema: {"type": "string", "contentMediaType": "application/json", "contentSchema": schema},
    "$defs": lambda schema: {"$defs": {"one": schema}, "allOf": [{"$ref": "#/components/schemas/Edited/$defs/one"}]},
}
"""A schema around another one, by the word that holds the inner one."""
