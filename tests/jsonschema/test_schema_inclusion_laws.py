"""What inclusion answers, construct by construct."""

from __future__ import annotations

from typing import Any

import pytest

from registry.engines.jsonschema.dialect import DRAFT4, DRAFT6, DRAFT7, DRAFT201909, DRAFT202012, OPENAPI30, OPENAPI31, Dialect
from registry.engines.jsonschema.inclusion import No, Reading, Unknown, Yes, included
from registry.engines.jsonschema.judges import Judges
from tests.jsonschema.support import ask, schema

CLOSED = {"properties": {"a": {"type": "string"}}, "additionalProperties": False}
TREE = {"$ref": "#/$defs/T", "$defs": {"T": {"properties": {"v": {"type": "integer"}, "kids": {"items": {"$ref": "#/$defs/T"}}}}}}
WIDER = {"$ref": "#/$defs/N", "$defs": {"N": {"properties": {"v": {"type": "number"}, "kids": {"items": {"$ref": "#/$defs/N"}}}}}}

INCLUDED: list[tuple[Any, Any]] = [
    ({"type": "integer"}, {"type": "number"}),
    ({"type": "integer", "minimum": 5}, {"type": "integer", "exclusiveMinimum": 4}),
    ({"type": "integer", "minimum": 1.5, "maximum": 1.8}, False),
    ({"type": "integer", "multipleOf": 6}, {"multipleOf": 4, "anyOf": [True]} | {"multipleOf": 3}),
    ({"type": "number", "multipleOf": 0.5}, {"multipleOf": 0.25}),
    ({"enum": [1, 2.0, "a"]}, {"anyOf": [{"type": "integer"}, {"maxLength": 1}]}),
    ({"enum": ["a", "b"]}, {"oneOf": [{"const": "a"}, {"const": "b"}, {"const": "c"}]}),
    ({"type": "string", "pattern": "^[a-z]{2,5}$"}, {"maxLength": 5, "minLength": 2}),
    ({"type": "string", "pattern": "^ab+$"}, {"pattern": "^a"}),
    ({"required": ["a"], **CLOSED}, {"maxProperties": 1}),
    ({"type": "object", "patternProperties": {"^x-": {"type": "integer"}}}, {"properties": {"x-a": {"type": "number"}}}),
    ({"propertyNames": {"enum": ["a", "b"]}}, {"maxProperties": 2}),
    ({"type": "array", "prefixItems": [{"type": "string"}], "items": False}, {"maxItems": 1}),
    ({"type": "array", "contains": {"const": 1}}, {"minItems": 1}),
    ({"type": "array", "items": {"type": "boolean"}, "uniqueItems": True}, {"maxItems": 2}),
    ({"allOf": [{"minimum": 3}, {"maximum": 2}], "type": "number"}, {"const": "nothing"}),
    ({"if": {"type": "string"}, "then": {"minLength": 2}, "else": False}, {"type": "string", "minLength": 1}),
    ({"not": {"not": {"type": "string"}}}, {"type": "string"}),
    ({"type": "object", "dependentRequired": {"a": ["b"]}, "required": ["a"]}, {"required": ["b"]}),
    ({"properties": {"a": True}, "unevaluatedProperties": False}, {"propertyNames": {"const": "a"}}),
    ({"patternProperties": {"^x-": True}, "unevaluatedProperties": False}, {"propertyNames": {"pattern": "^x"}}),
    (
        {"patternProperties": {"^x": {"type": "integer"}}, "additionalProperties": False},
        {"additionalProperties": {"type": "number"}},
    ),
    ({"type": "integer", "minimum": 1, "maximum": 9, "multipleOf": 2, "not": {"multipleOf": 4}}, {"enum": [2, 6]}),
    (TREE, WIDER),
]
EXCLUDED: list[tuple[Any, Any]] = [
    ({"type": "number"}, {"type": "integer"}),
    ({"multipleOf": 2}, {"multipleOf": 4}),
    ({"type": "string"}, {"pattern": "^a"}),
    ({"type": "string", "pattern": "a"}, {"pattern": "^a"}),
    ({"properties": {"a": {"type": "string"}}}, CLOSED),
    ({}, {"required": ["a"]}),
    ({"type": "array", "items": {"type": "integer"}}, {"uniqueItems": True}),
    ({"type": "array"}, {"contains": {"type": "string"}}),
    ({"anyOf": [{"type": "string"}, {"type": "integer"}]}, {"oneOf": [{"type": "string"}, {"type": "number", "minimum": 0}]}),
    ({"enum": [1, True]}, {"const": 1}),
    ({"patternProperties": {"^x-": True}}, {"patternProperties": {"^x-": True}, "unevaluatedProperties": False}),
    (
        {"patternProperties": {"^x": True}, "unevaluatedProperties": False},
        {"patternProperties": {"^xy": True}, "unevaluatedProperties": False},
    ),
    (WIDER, TREE),
]


@pytest.mark.parametrize(("writer", "reader"), INCLUDED)
def test_included(writer: Any, reader: Any) -> None:
    """The engine proves each of these."""
    assert ask(writer, reader) == Yes()


@pytest.mark.parametrize(("writer", "reader"), EXCLUDED)
def test_excluded(writer: Any, reader: Any) -> None:
    """The engine has a document against each of these, which both judges have seen."""
    assert isinstance(ask(writer, reader), No)


@pytest.mark.parametrize(
    "dialect", [DRAFT4, DRAFT6, DRAFT7, DRAFT201909, DRAFT202012, OPENAPI30, OPENAPI31], ids=lambda each: each.name
)
def test_every_dialect_reads_what_all_have_in_common(dialect: Dialect) -> None:
    """Types, lengths, properties and required names mean the same in every dialect."""
    assert ask({"type": "string", "maxLength": 3}, {"type": "string", "maxLength": 5}, dialect) == Yes()
    assert isinstance(ask({"type": "object"}, {"type": "object", "required": ["a"]}, dialect), No)


def test_a_boolean_exclusive_bound_counts_in_draft_4_and_openapi_30() -> None:
    """`exclusiveMinimum: true` sharpens `minimum` where the dialect says so."""
    for dialect in (DRAFT4, OPENAPI30):
        sharp, blunt = {"type": "integer", "minimum": 0, "exclusiveMinimum": True}, {"type": "integer", "minimum": 0}
        assert ask(sharp, blunt, dialect) == Yes()
        assert ask(blunt, sharp, dialect) == No(0)


def test_nullable_is_a_type_of_openapi_30_only() -> None:
    """`nullable` admits null in OpenAPI 3.0 and means nothing elsewhere."""
    nullable, plain = {"type": "string", "nullable": True}, {"type": "string"}
    assert ask(nullable, plain, OPENAPI30) == No(None)
    assert ask(nullable, plain, OPENAPI31) == Yes()


def test_spellings_of_two_dialects_compare() -> None:
    """A nullable string of OpenAPI 3.0 is the string-or-null of 3.1, in both directions."""
    old = schema({"type": "string", "nullable": True, "minLength": 1}, OPENAPI30)
    new = schema({"type": ["string", "null"], "minLength": 1}, OPENAPI31)
    assert included(old, new) == included(new, old) == Yes()


def test_lenient_reading_forgives_declaring_an_optional_property() -> None:
    """An open writer could send anything under a new name; leniently it does not happen to."""
    old, new = {"properties": {"a": {}}}, {"properties": {"a": {}, "b": {"type": "string"}}}
    assert isinstance(ask(old, new), No)
    assert ask(old, new, reading=Reading.LENIENT) == Yes()


@pytest.mark.parametrize(
    ("writer", "reader"),
    [
        ({"properties": {"a": {}}}, {"properties": {"a": {}}, "additionalProperties": False}),
        ({"properties": {"a": {}}}, {"properties": {"a": {"type": "string"}}}),
        ({"additionalProperties": {"type": "string"}}, {"properties": {"b": {"type": "integer"}}}),
        ({"required": ["b"]}, {"properties": {"b": {"type": "integer"}}}),
        ({}, {"required": ["b"], "properties": {"b": {}}}),
    ],
)
def test_lenient_reading_forgives_nothing_else(writer: Any, reader: Any) -> None:
    """Closing, narrowing what is declared, typing a map's entry, and requiring a name still break."""
    assert isinstance(ask(writer, reader, reading=Reading.LENIENT), No)


def test_lenient_reading_sees_what_any_alternative_declares() -> None:
    """A new alternative breaks readers although no property is declared outside the alternatives."""

    def tagged(*tags: str) -> dict[str, Any]:
        return {
            "type": "object",
            "oneOf": [{"properties": {"tag": {"const": tag}, tag: True}, "required": ["tag"]} for tag in tags],
        }

    assert isinstance(ask(tagged("a", "b", "c"), tagged("a", "b"), reading=Reading.LENIENT), No)
    assert isinstance(ask(tagged("b", "c", "d"), tagged("a", "b"), reading=Reading.LENIENT), No)
    assert ask(tagged("a", "b"), tagged("c", "b", "a"), reading=Reading.LENIENT) == Yes()


def test_a_witness_is_an_example_where_one_serves() -> None:
    """Documents are built from what the schemas themselves show."""
    sku = {"type": "string", "examples": ["AB-12"]}
    order = {"type": "object", "properties": {"sku": sku, "open": {"default": True}}, "required": ["sku", "open"]}
    assert ask(order, {"required": ["id"]}) == No({"sku": "AB-12", "open": True})
    assert ask({**order, "examples": [{"sku": "CD-34", "open": False}]}, {"required": ["id"]}) == No(
        {"sku": "CD-34", "open": False}
    )


def test_patterns_beyond_regular_languages_are_unknown() -> None:
    """A look-ahead is never run and never guessed about, unless both sides say the same."""
    tricky = {"type": "string", "pattern": "^(?=.*x)[a-z]+$"}
    assert isinstance(ask(tricky, {"pattern": "x"}), Unknown)
    assert ask(tricky, {"pattern": "^(?=.*x)[a-z]+$"}) == Yes()


def test_a_schema_that_only_refers_to_itself_is_unknown() -> None:
    """`{"$ref": "#"}` says nothing that can be compared."""
    assert isinstance(ask({"$ref": "#"}, {"type": "string"}), Unknown)


def test_a_dynamic_reference_says_what_its_anchor_says() -> None:
    """Equal dynamic references to different anchors are no equal schemas."""
    text, number = ({"$dynamicRef": "#n", "$defs": {"n": {"$dynamicAnchor": "n", "type": kind}}} for kind in ("string", "integer"))
    assert ask(text, text) == Yes()
    assert isinstance(ask(text, number), No)


def test_the_budget_ends_every_search() -> None:
    """With too few steps the answer is unknown and names the budget."""
    union = {"anyOf": [{"properties": {f"p{index}": {"type": "string"}}, "required": [f"p{index}"]} for index in range(40)]}
    narrow = {"anyOf": [{"properties": {f"p{index}": {"maxLength": 5}}, "required": [f"p{index}"]} for index in range(40)]}
    answer = included(schema(narrow), schema(union), budget=50)
    assert answer == Unknown("the step budget of 50")


def test_a_hundred_nested_closed_objects_are_answered() -> None:
    """Depth alone stops neither proof nor witness."""

    def nested(leaf: dict[str, Any]) -> dict[str, Any]:
        for _ in range(90):
            leaf = {"type": "object", "properties": {"next": leaf}, "required": ["next"], "additionalProperties": False}
        return leaf

    assert ask(nested({"type": "integer"}), nested({"type": "number"})) == Yes()
    assert isinstance(ask(nested({"type": "number"}), nested({"type": "integer"})), No)


def test_asking_changes_no_schema() -> None:
    """The schemas are the same values afterwards."""
    for writer, reader in (*INCLUDED, *EXCLUDED):
        before = repr((writer, reader))
        ask(writer, reader)
        assert repr((writer, reader)) == before


@pytest.mark.parametrize("paradox", [{"not": {"$ref": "#"}}, {"anyOf": [{"$ref": "#"}, {"type": "string"}]}])
def test_a_schema_that_refers_to_itself_in_place_ends_no_validator(paradox: Any) -> None:
    """The judges give up on it, before the stack of the interpreter or of a compiled library overflows."""
    assert Judges(schema(paradox)).accept(1) is None
    ask(paradox, {"type": "string"})
