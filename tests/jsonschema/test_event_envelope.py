"""CloudEvents envelopes: the address of the data's schema changes with the major line and only with it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from registry.domain.change import DocumentWitness
from registry.domain.contract import Mode, Source
from registry.domain.location import Location
from registry.domain.verdict import Direction, Severity, Verdict
from registry.engines.documents.document import read
from registry.engines.jsonschema.contract import SchemaContract, data_address, parse
from registry.engines.jsonschema.envelope import line_in
from registry.engines.jsonschema.event_comparison import compare, event_rules
from registry.engines.jsonschema.event_pair import EventRule
from registry.engines.rulebook.rule import Example
from tests.jsonschema.support import NOW

DRAFT = "https://json-schema.org/draft/2020-12/schema"
FIRST, SECOND = "https://shop.example/order-placed.v1.json", "https://shop.example/order-placed.v2.json"


def envelope(dataschema: Any, **attributes: Any) -> SchemaContract:
    required: dict[str, Any] = {name: {"type": "string"} for name in ("id", "source", "type")}
    value = {"$schema": DRAFT, "properties": {**required, "specversion": {"const": "1.0"}, "dataschema": dataschema, **attributes}}
    return parse(Source({"order.json": json.dumps(value).encode()}, "order.json"))


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("say", [lambda address: {"const": address}, lambda address: {"type": "string", "examples": [address]}])
def test_another_data_schema_breaks_a_line_in_every_mode(mode: Mode, say: Any) -> None:
    """Whether the address is the only one admitted or just an example, it is told once, as a change of the envelope."""
    result = compare(envelope(say(FIRST)), envelope(say(SECOND)), subject="OrderPlaced", mode=mode, as_of=NOW)
    (change,) = result.changes
    assert (change.rule, change.severity, change.elements) == (
        "data-schema-changed",
        Severity.BREAKING,
        ("OrderPlaced $.dataschema",),
    )
    assert result.verdict is Verdict.NO


def test_a_data_schema_that_documents_carry_is_shown_by_one() -> None:
    """The document is the one that the rule about constants would have shown."""
    result = compare(envelope({"const": FIRST}), envelope({"const": SECOND}), subject="E", mode=Mode.BACKWARD, as_of=NOW)
    (change,) = result.changes
    assert isinstance(change.witness, DocumentWitness)
    assert change.witness.document == {"dataschema": FIRST}


def test_only_an_envelope_has_a_data_schema() -> None:
    """A property of that name elsewhere is a property like any other."""

    def plain(address: str) -> SchemaContract:
        value = {"$schema": DRAFT, "properties": {"dataschema": {"const": address}}}
        return parse(Source({"order.json": json.dumps(value).encode()}, "order.json"))

    result = compare(plain(FIRST), plain(SECOND), subject="E", mode=Mode.FULL, as_of=NOW)
    assert [change.rule for change in result.changes] == ["const-changed"]


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ({"const": FIRST}, 1),
        ({"enum": [SECOND]}, 2),
        ({"default": "https://shop.example/v12/order"}, 12),
        ({"const": "https://shop.example/v1/order-v3.json"}, 3),
        ({"const": "https://shop.example/ev1/order"}, None),
        ({"enum": [FIRST, SECOND]}, None),
        ({"type": "string", "format": "uri"}, None),
    ],
)
def test_the_address_may_name_the_major_line(said: Any, line: int | None) -> None:
    """The last `v` with a number between marks names the line; several addresses, or none, name nothing."""
    named = data_address(envelope(said))
    assert (line_in(named[0]) if named else None) == line
    assert named is None or named[1].path.startswith("/properties/dataschema/")


def compared(example: Example) -> list[tuple[str, Severity]]:
    sides = [_whole(text) for text in (example.old, example.new)]
    changes = compare(*sides, subject="E", mode=Mode.FULL, as_of=NOW).changes
    return [(change.rule, change.severity) for change in changes]


def _whole(text: str) -> SchemaContract:
    value = read("example.yaml", text.encode()).value
    assert isinstance(value, dict)
    return parse(Source({"event.json": json.dumps({"$schema": DRAFT, **value}).encode()}, "event.json"))


@pytest.mark.parametrize("rule", event_rules(), ids=lambda rule: rule.id)
def test_examples_of_rules_about_events(rule: EventRule) -> None:
    """The example that breaks fires its rule and no other, and the one that is fine does not."""
    assert compared(rule.breaks) == [(rule.id, rule.severity[Direction.BOTH])]
    assert rule.id not in [name for name, _ in compared(rule.fine)]
    assert rule.cap_reason or rule.severity[Direction.BOTH] is Severity.BREAKING


def test_a_place_is_given_for_both_sides() -> None:
    """The finding stands at the word that states the address."""
    result = compare(envelope({"const": FIRST}), envelope({"const": SECOND}), subject="E", mode=Mode.FULL, as_of=NOW)
    place = Location("order.json", "/properties/dataschema/const")
    assert (result.changes[0].old, result.changes[0].new) == (place, place)
