"""References: inside the contract they lead somewhere, outside they are refused."""

from __future__ import annotations

from typing import Any

import pytest

from registry.domain.errors import BadReference
from registry.domain.location import Location
from registry.engines.jsonschema.dialect import DRAFT4, DRAFT7, DRAFT202012
from registry.engines.jsonschema.library import Library
from tests.jsonschema.support import document, library


@pytest.mark.parametrize(
    "reference",
    [
        "https://example.com/other.json",
        "http://example.com/x",
        "../secret.json",
        "/etc/passwd",
        "missing.json",
        "#/$defs/none",
        "#none",
    ],
)
def test_references_that_leave_or_lead_nowhere_are_refused_with_their_place(reference: str) -> None:
    """No reference reaches an URL, a place outside the folder, or nothing."""
    schemas = library({"properties": {"a": {"$ref": reference}}, "$defs": {}})
    with pytest.raises(BadReference) as caught:
        list(schemas.references(schemas.root))
    assert caught.value.location == Location("schema.json", "/properties/a/$ref")


@pytest.mark.parametrize(
    "value", [{"$ref": "#"}, {"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}}]
)
def test_a_reference_that_leads_only_to_itself_is_refused(value: Any) -> None:
    """A circle of bare references says nothing."""
    schemas = library(value)
    with pytest.raises(BadReference):
        schemas.root.followed()


def test_files_beside_the_entry_are_reached() -> None:
    """A relative reference goes to another file of the contract, and from there relative to that file."""
    files = {
        "schema.json": {"$ref": "parts/order.json#/$defs/order"},
        "parts/order.json": {"$defs": {"order": {"properties": {"total": {"$ref": "../money.json"}}}}},
        "money.json": {"type": "integer"},
    }
    schemas = Library({name: document(value, name) for name, value in files.items()}, "schema.json", DRAFT202012)
    order = schemas.root.followed()
    assert order.location == Location("parts/order.json", "/$defs/order")
    assert order.sub(("properties", "total")).followed().location == Location("money.json", "")


def test_identifiers_and_anchors_are_known() -> None:
    """`$id` sets the base of what is below it, and anchors name schemas; both draft's spellings."""
    modern = library(
        {
            "$id": "https://shop.example/o",
            "$ref": "part#here",
            "$defs": {"p": {"$id": "part", "$defs": {"h": {"$anchor": "here", "type": "null"}}}},
        }
    )
    assert modern.root.target is not None
    assert modern.root.target.get("type") == "null"
    old = library({"allOf": [{"$ref": "#here"}], "definitions": {"h": {"$id": "#here", "type": "null"}}}, DRAFT7)
    target = old.root.sub(("allOf", 0)).target
    assert target is not None
    assert target.get("type") == "null"


def test_an_identifier_inside_data_is_no_schema() -> None:
    """What stands in an enum or a const names nothing."""
    schemas = library({"enum": [{"$anchor": "here"}], "$ref": "#here"})
    with pytest.raises(BadReference):
        list(schemas.references(schemas.root))


def test_siblings_of_a_reference_count_from_2019_on() -> None:
    """Up to draft 7 `$ref` hides its siblings."""
    value = {"$ref": "#/definitions/a", "maxLength": 3, "definitions": {"a": {"type": "string"}}}
    assert library(value, DRAFT4).root.get("maxLength") is None
    assert library(value, DRAFT202012).root.get("maxLength") == 3


def test_one_place_is_one_object() -> None:
    """A schema is the same object however it is reached."""
    schemas = library({"properties": {"a": {"$ref": "#/$defs/x"}}, "$defs": {"x": {"type": "string"}}})
    assert schemas.root.sub(("properties", "a")).target is schemas.at(Location("schema.json", "/$defs/x"))


def test_pointers_may_be_escaped_and_percent_encoded() -> None:
    """`~1`, `~0` and percent-encoding spell the same name."""
    schemas = library({"allOf": [{"$ref": "#/$defs/a~1b%25"}], "$defs": {"a/b%": {"type": "null"}}})
    target = schemas.root.sub(("allOf", 0)).target
    assert target is not None
    assert target.get("type") == "null"
