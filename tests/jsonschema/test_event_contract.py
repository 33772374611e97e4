"""Event contracts: reading, comparing by mode, examples, elements."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from registry.domain.change import DocumentWitness
from registry.domain.contract import Mode, Source
from registry.domain.errors import BadReference, DuplicateKey, WrongKind
from registry.domain.location import Location
from registry.domain.verdict import Severity, Verdict
from registry.engines.jsonschema.contract import SchemaContract, elements, parse, refusals
from registry.engines.jsonschema.event_comparison import compare
from tests.jsonschema.support import NOW, document

SKU = {"type": "string", "maxLength": 20, "examples": ["MUG-1"]}
ENVELOPE: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["id", "type", "data"],
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "type": {"const": "OrderPlaced.v1"},
        "data": {
            "type": "object",
            "required": ["lines"],
            "properties": {
                "lines": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/Line"}},
                "note": {"type": "string"},
            },
        },
    },
    "$defs": {"Line": {"type": "object", "required": ["sku"], "properties": {"sku": SKU}}},
}


def contract(value: Any) -> SchemaContract:
    return parse(Source({"order.json": json.dumps(value).encode()}, "order.json"))


def changed(*steps: str, to: Any) -> Any:
    value = copy.deepcopy(ENVELOPE)
    place = value
    for step in steps[:-1]:
        place = place[step]
    place[steps[-1]] = to
    return value


@pytest.mark.parametrize(
    ("value", "pointer"),
    [
        ([], ""),
        ({"type": "object"}, ""),
        ({"$schema": "https://example.com/mine"}, "/$schema"),
        ({"$schema": ENVELOPE["$schema"], "properties": {"a": {"type": "text"}}}, "/properties/a/type"),
        ({"$schema": "http://json-schema.org/draft-07/schema#", "minLength": -1}, "/minLength"),
    ],
)
def test_what_is_no_json_schema_is_refused_at_its_place(value: Any, pointer: str) -> None:
    """A contract is an object of a known draft that its own draft accepts."""
    with pytest.raises(WrongKind) as caught:
        contract(value)
    assert caught.value.location == Location("order.json", pointer)


def test_bad_references_and_bad_text_are_refused() -> None:
    """A dangling reference and a name given twice stop the reading."""
    with pytest.raises(BadReference):
        contract({**ENVELOPE, "$defs": {}})
    with pytest.raises(DuplicateKey):
        parse(Source({"order.json": b'{"$schema": "x", "$schema": "y"}'}, "order.json"))


def test_an_unchanged_event_has_no_changes() -> None:
    """Compared with itself, an event fits in every mode."""
    for mode in Mode:
        assert compare(contract(ENVELOPE), contract(ENVELOPE), subject="OrderPlaced", mode=mode, as_of=NOW).changes == ()


def test_a_breaking_change_shows_a_whole_event() -> None:
    """The witness is an envelope that one version accepts and the other refuses, built from the schema's own examples."""
    new = changed("$defs", "Line", "properties", "sku", "maxLength", to=3)
    result = compare(contract(ENVELOPE), contract(new), subject="OrderPlaced", mode=Mode.FULL_TRANSITIVE, as_of=NOW)
    (change,) = result.changes
    assert result.verdict is Verdict.NO
    assert change.rule == "max-length-tightened"
    assert change.elements == ("OrderPlaced $.data.lines[].sku",)
    assert isinstance(change.witness, DocumentWitness)
    example = document(change.witness.document, "witness.json")
    assert refusals(contract(ENVELOPE), example) == ()
    assert [problem.location.path for problem in refusals(contract(new), example)] == ["/data/lines/0/sku"]


def test_the_mode_says_which_direction_counts() -> None:
    """A required property that becomes optional breaks old readers only."""
    new = changed("required", to=["id", "type"])

    def verdict(mode: Mode) -> Verdict:
        return compare(contract(ENVELOPE), contract(new), subject="OrderPlaced", mode=mode, as_of=NOW).verdict

    assert verdict(Mode.BACKWARD) is Verdict.YES
    assert verdict(Mode.FORWARD) is verdict(Mode.FULL) is Verdict.NO


def test_a_change_is_told_once_in_full_modes() -> None:
    """Both directions see a new optional property; the worse of the two is told."""
    new = changed("properties", "data", "properties", "gift", to={"type": "boolean"})
    result = compare(contract(ENVELOPE), contract(new), subject="OrderPlaced", mode=Mode.FULL, as_of=NOW)
    assert [(change.rule, change.severity) for change in result.changes] == [("property-added", Severity.RISKY)]
    assert result.verdict is Verdict.YES


def test_what_is_open_on_one_side_is_not_called_safe_for_the_other() -> None:
    """A change that nobody can decide is told once, as a question."""
    new = changed("properties", "data", "properties", "note", to={"type": "string", "pattern": "^(?=a)b"})
    result = compare(contract(ENVELOPE), contract(new), subject="OrderPlaced", mode=Mode.FULL, as_of=NOW)
    assert [question.rule for question in result.undecided] == ["pattern-added"]
    assert result.changes == ()


def test_an_example_is_checked_with_its_place() -> None:
    """A refused example says why and where."""
    example = document({"id": "1", "type": "OrderPlaced.v1", "data": {"lines": [{"sku": 7}]}}, "example.json")
    (problem,) = refusals(contract(ENVELOPE), example)
    assert problem.location == Location("example.json", "/data/lines/0/sku")
    assert "string" in problem.message


def test_elements_are_the_names_that_consumers_use() -> None:
    """The event, its properties, and the items of its lists."""
    assert elements(contract(ENVELOPE), "OrderPlaced") == {
        "OrderPlaced",
        *(
            f"OrderPlaced $.{path}"
            for path in ("id", "type", "data", "data.note", "data.lines", "data.lines[]", "data.lines[].sku")
        ),
    }
