"""The fields of a JSON Schema, as a flat tree."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from registry.domain.contract import Source
from registry.engines.jsonschema.contract import elements, parse
from registry.services.catalog.content_rows import FieldRow
from registry.services.catalog.schema_fields import fields_of, listed_fields

SCHEMAS = sorted((Path(__file__).parents[2] / "contracts" / "checkout").glob("*/events/*.schema.json"))


def fields(schema: dict[str, Any]) -> list[FieldRow]:
    document = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return list(fields_of(parse(Source({"s.json": json.dumps(document).encode()}, "s.json")).library.root))


def one(schema: dict[str, Any]) -> FieldRow:
    """The row of a property of that schema."""
    (row,) = fields({"properties": {"it": schema}})
    return row


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.stem)
def test_fields_are_elements(path: Path) -> None:
    """Every field of a checkout event is listed under the name that waivers and manifests use for it."""
    contract = parse(Source({path.name: path.read_bytes()}, path.name))
    listed = {f"Event {row.path}" for row in fields_of(contract.library.root)}
    known = {element for element in elements(contract, "Event") if not element.endswith(("[]", " $", "Event"))}
    assert listed == known


def test_parents_come_first() -> None:
    """A field stands right after its parent, one level deeper."""
    inner = {"properties": {"amount": {"type": "integer"}}}
    rows = fields({"properties": {"total": inner, "note": {}}})
    assert [(row.path, row.depth) for row in rows] == [("$.total", 1), ("$.total.amount", 2), ("$.note", 1)]


def test_arrays_and_maps_are_entered() -> None:
    """The items of an array are `[]` and the values of a map `{}`, and the type says what they are."""
    item = {"type": "object", "properties": {"sku": {"type": "string"}}}
    rows = fields(
        {
            "properties": {
                "lines": {"type": "array", "items": item},
                "prices": {"type": "object", "additionalProperties": item},
                "tags": {"type": "array", "items": {"type": "string", "maxLength": 9}},
            }
        }
    )
    assert [(row.path, row.type) for row in rows] == [
        ("$.lines", "array of object"),
        ("$.lines[].sku", "string"),
        ("$.prices", "map of object"),
        ("$.prices{}.sku", "string"),
        ("$.tags", "array of string"),
    ]
    assert rows[-1].rules == ("each at most 9 characters",)


def test_all_of_is_merged() -> None:
    """What `allOf` and a reference contribute counts as stated in one place."""
    parts = [{"required": ["id"]}, {"$ref": "#/$defs/named"}]
    rows = fields({"$defs": {"named": {"properties": {"id": {"type": "string"}, "name": {}}}}, "allOf": parts})
    assert [(row.name, row.required) for row in rows] == [("id", True), ("name", False)]


def test_recursion_is_named_once() -> None:
    """A schema inside itself is listed where it repeats and not entered again."""
    node = {"type": "object", "properties": {"value": {"type": "integer"}, "next": {"$ref": "#/$defs/node"}}}
    rows = fields({"$defs": {"node": node}, "properties": {"first": {"$ref": "#/$defs/node"}}})
    assert [row.path for row in rows] == ["$.first", "$.first.value", "$.first.next"]
    assert rows[-1].type == "object, as above"


def test_unions_name_their_branches() -> None:
    """A field that one branch of a union declares says which: by title, by the name of the reference, or by number."""
    card, cash = {"title": "Card", "properties": {"number": {}}}, {"properties": {"given": {}}}
    bank = {"properties": {"iban": {}}}
    branches = [card, {"$ref": "#/$defs/Bank"}, cash]
    rows = fields({"$defs": {"Bank": bank}, "properties": {"paid": {"oneOf": branches}}})
    assert [(row.path, row.variant) for row in rows[1:]] == [
        ("$.paid.number", "Card"),
        ("$.paid.iban", "Bank"),
        ("$.paid.given", "variant 3"),
    ]


@pytest.mark.parametrize(
    ("schema", "type_", "rules"),
    [
        ({"const": "1.0"}, "string", ('always "1.0"',)),
        ({"enum": ["a", 1, None]}, "null or integer or string", ('one of "a", 1, null',)),
        ({"type": ["string", "null"], "format": "uuid"}, "null or string", ("format uuid",)),
        ({"type": "integer", "minimum": 1, "exclusiveMaximum": 9}, "integer", ("at least 1", "less than 9")),
        ({"const": True}, "boolean", ("always true",)),
        ({}, "any type", ()),
    ],
)
def test_types_and_rules_are_told_in_words(schema: dict[str, Any], type_: str, rules: tuple[str, ...]) -> None:
    """The type and the bounds of a value are words, taken from its values where no type is stated."""
    row = one(schema)
    assert (row.type, row.rules) == (type_, rules)


def test_deprecations_carry_their_sunset() -> None:
    """A deprecated field says so, with its sunset as written and its description."""
    row = one({"deprecated": True, "x-sunset": "2027-06-30", "description": "Gone soon."})
    assert (row.deprecated, row.sunset, row.description) == (True, "2027-06-30", "Gone soon.")


def test_there_is_a_most() -> None:
    """Of a schema with more than 2,000 fields 2,000 are listed, and it is said that there are more."""
    many = {"properties": {f"f{number}": {} for number in range(2_001)}}
    root = parse(
        Source({"s.json": json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **many}).encode()}, "s.json")
    )
    rows, complete = listed_fields(root.library.root)
    assert (len(rows), complete) == (2_000, False)


def test_wide_recursion_stays_small() -> None:
    """A schema whose parts all refer to each other is listed in bounded time, though its paths are without number."""
    names = [f"n{number}" for number in range(12)]
    everything = {"properties": {name: {"$ref": f"#/$defs/{name}"} for name in names}}
    document = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": dict.fromkeys(names, everything), **everything}
    root = parse(Source({"s.json": json.dumps(document).encode()}, "s.json")).library.root
    rows, complete = listed_fields(root)
    assert (len(rows), complete) == (2_000, False)
