"""Changes of Avro contracts: severity by mode, elements, places and witnesses."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import fastavro
import pytest
import yaml

from registry.domain.change import NoWitness, WireWitness
from registry.domain.contract import Mode
from registry.domain.verdict import Direction, Severity, Verdict
from registry.engines.avro.building import schema_of
from registry.engines.avro.comparison import compare
from registry.engines.avro.elements import elements
from registry.engines.documents.placing import place
from tests.avro.support import between, only, read, schema, source

ORDER = """
type: record
name: Order
fields:
  - {name: id, type: string}
  - {name: status, type: {type: enum, name: Status, symbols: [OPEN, PAID]}}
  - name: lines
    type:
      type: array
      items:
        type: record
        name: Line
        fields:
          - {name: sku, type: string}
          - {name: quantity, type: int}
          - {name: gift, type: ['null', Line], default: null}
"""


def changed(old: str, new: str, mode: Mode = Mode.FULL) -> Any:
    assert old in ORDER
    return only(between(ORDER, ORDER.replace(old, new), mode))


@pytest.mark.parametrize(
    ("mode", "verdict"),
    [
        (Mode.NONE, Verdict.NO),
        (Mode.BACKWARD, Verdict.YES),
        (Mode.BACKWARD_TRANSITIVE, Verdict.YES),
        (Mode.FORWARD, Verdict.NO),
        (Mode.FORWARD_TRANSITIVE, Verdict.NO),
        (Mode.FULL, Verdict.NO),
        (Mode.FULL_TRANSITIVE, Verdict.NO),
    ],
)
def test_a_mode_asks_its_directions(mode: Mode, verdict: Verdict) -> None:
    """A symbol more is read by new readers and not by old ones."""
    assert between(ORDER, ORDER.replace("PAID]", "PAID, LOST]"), mode).verdict is verdict


def test_a_change_that_hurts_both_ways_is_told_once() -> None:
    """With both directions."""
    change = changed("quantity, type: int", "quantity, type: string")
    assert (change.rule, change.severity, change.direction) == ("type-changed", Severity.BREAKING, Direction.BOTH)


def test_a_change_names_its_elements_and_all_that_is_lost_with_it() -> None:
    """Each way that leads to a shared type, then the contract, for a record that is refused is lost as a whole."""
    change = changed("quantity, type: int", "quantity, type: long")
    assert change.elements == ("Event $.lines[].quantity", "Event")
    first = "{name: a, type: {type: fixed, name: F, size: 1}}"
    shared = f"{{type: record, name: R, fields: [{first}, {{name: b, type: {{type: map, values: F}}}}]}}"
    assert only(between(shared, shared.replace("size: 1", "size: 2"))).elements == ("Event $.a", "Event $.b{}", "Event")


def test_what_breaks_nothing_names_only_its_elements() -> None:
    """Who uses other fields is not concerned."""
    change = changed("{name: sku, type: string}", "{name: sku, type: string, doc: What is bought.}")
    assert change.elements == ("Event $.lines[].sku",)


def test_elements_name_recursive_parts_once() -> None:
    """Arrays are `[]`, unions add nothing."""
    found = elements(schema(ORDER), "Order")
    assert {"Order", "Order $.lines[]", "Order $.lines[].gift"} <= found
    assert not any("gift.gift" in element for element in found)


def test_a_change_has_its_lines() -> None:
    """In both files."""
    before = source(yaml.safe_load(ORDER))
    after = source(yaml.safe_load(ORDER.replace("quantity, type: int", "quantity, type: string")))
    found = compare(*(read(yaml.safe_load(side.files["schema.avsc"])) for side in (before, after)), subject="E", mode=Mode.FULL)
    (change,) = place(found, before.files, after.files).changes
    assert str(change.old) == "schema.avsc:1:" + str(before.files["schema.avsc"].index(b'"type": "int"') + 1)
    assert change.new is not None
    assert change.new.position is not None


def test_a_witness_is_a_whole_record_that_the_other_schema_refuses() -> None:
    """The bytes can be read with the writer's schema, and not with the reader's."""
    new = ORDER.replace("PAID]", "PAID, LOST]")
    witness = only(between(ORDER, new)).witness
    assert isinstance(witness, WireWitness)
    assert witness.message == "Order"
    data = bytes.fromhex(witness.hex)
    record = fastavro.schemaless_reader(BytesIO(data), yaml.safe_load(new), None)
    assert record == json.loads(witness.written)
    assert record["status"] == "LOST"
    with pytest.raises(fastavro.read.SchemaResolutionError):
        fastavro.schemaless_reader(BytesIO(data), yaml.safe_load(new), yaml.safe_load(ORDER))


def test_a_witness_shows_its_own_change_where_others_break_too() -> None:
    """Each of two breaks has a record that only it keeps from being read."""
    new = ORDER.replace("PAID]", "PAID, LOST]").replace("quantity, type: int", "quantity, type: string")
    reads = {change.rule: change.witness.read for change in between(ORDER, new).changes if isinstance(change.witness, WireWitness)}
    assert "LOST" in reads["enum-symbol-added"]
    assert "int" in reads["type-changed"]
    assert "LOST" not in reads["type-changed"]


def test_a_witness_shows_what_is_read_as_something_else() -> None:
    """A default that stands for a symbol, and digits that a double does not hold."""
    old = "{type: enum, name: E, symbols: [A, B], default: A}"
    (change,) = between(old, old.replace("B]", "B, C]")).changes
    assert (change.severity, change.witness) == (Severity.RISKY, WireWitness("enum E", "04", '"C"', '"A"'))
    (change,) = between("long", "double", Mode.BACKWARD).changes
    assert change.severity is Severity.RISKY
    assert isinstance(change.witness, WireWitness)
    assert (change.witness.written, change.witness.read) == ("9007199254740993", "9007199254740992.0")


def test_bytes_that_are_no_text_are_shown() -> None:
    """Although the specification promotes bytes to string."""
    (change,) = between("bytes", "string", Mode.BACKWARD).changes
    assert change.severity is Severity.RISKY
    assert isinstance(change.witness, WireWitness)
    assert change.witness.read.startswith("refused: 'utf-8'")


def test_where_fastavro_reads_alike_there_is_no_witness() -> None:
    """It takes the writer's scale."""
    old = "{type: bytes, logicalType: decimal, precision: 8, scale: 2}"
    change = only(between(old, old.replace("scale: 2", "scale: 4")))
    assert change.severity is Severity.BREAKING
    assert isinstance(change.witness, NoWitness)
    assert "alike" in change.witness.reason


def test_a_schema_without_a_finite_record_has_no_witness() -> None:
    """A record that always holds itself can be declared and never written."""
    old = "{type: record, name: R, fields: [{name: self, type: R}, {name: x, type: int}]}"
    change = only(between(old, old.replace("x, type: int", "x, type: string")))
    assert isinstance(change.witness, NoWitness)


@pytest.mark.parametrize(
    ("old", "new", "mode", "severity"),
    [
        ("{name: item, type: int}", "{name: sku, type: int, aliases: [item]}", Mode.BACKWARD, Severity.SAFE),
        ("{name: item, type: int}", "{name: sku, type: int, aliases: [item]}", Mode.FORWARD, Severity.BREAKING),
        ("{name: item, type: int, default: 0}", "{name: sku, type: int, aliases: [item]}", Mode.FORWARD, Severity.RISKY),
        ("{name: item, type: int, aliases: [sku]}", "{name: sku, type: int}", Mode.FORWARD, Severity.SAFE),
        ("{name: item, type: int, aliases: [sku]}", "{name: sku, type: int}", Mode.BACKWARD, Severity.BREAKING),
    ],
)
def test_an_alias_heals_the_direction_whose_reader_has_it(old: str, new: str, mode: Mode, severity: Severity) -> None:
    """A reader knows its own aliases only."""
    record = "{{type: record, name: R, fields: [{}]}}"
    found = [change for change in between(record.format(old), record.format(new), mode).changes if "alias" not in change.rule]
    assert [(change.rule, change.severity) for change in found] == [("field-renamed", severity)]


def test_an_alias_heals_a_renamed_record() -> None:
    """Also inside a union, where it is the only branch beside null."""
    old = "['null', {type: record, name: shop.Old, fields: [{name: x, type: int}]}]"
    new = old.replace("name: shop.Old", "name: shop.New, aliases: [Old]")
    assert only(between(old, new, Mode.BACKWARD)).severity is Severity.SAFE
    assert only(between(old, new, Mode.FORWARD)).severity is Severity.BREAKING


def test_one_type_beside_null_became_another() -> None:
    """Rather than one branch going and another one coming."""
    assert only(between("['null', string]", "['null', int]")).rule == "type-changed"
    rules = {change.rule for change in between("[int, string]", "[int, boolean]").changes}
    assert rules == {"union-branch-added", "union-branch-removed"}


def test_a_branch_that_is_promoted_to_another_is_not_lost() -> None:
    """What was written as int is read as the long that is left."""
    assert between("[long, int]", "[long]", Mode.BACKWARD).verdict is Verdict.YES


def test_removing_a_field_with_a_default_is_a_promise() -> None:
    """Records are read; consumers that use it are for the gate to know."""
    record = "{{type: record, name: R, fields: [{}]}}"
    change = only(between(record.format("{name: note, type: string, default: ''}"), record.format("")))
    assert (change.rule, change.severity, change.removes_promise) == ("field-removed", Severity.RISKY, True)


def test_comparing_leaves_the_schemas_as_they_are() -> None:
    """The same question has the same answer."""
    old, new = schema_of(yaml.safe_load(ORDER)), schema_of(yaml.safe_load(ORDER.replace("int", "string")))
    assert compare(old, new, subject="E", mode=Mode.FULL) == compare(old, new, subject="E", mode=Mode.FULL)
