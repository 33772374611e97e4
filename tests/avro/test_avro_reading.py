"""What is an Avro schema, and what is refused, where."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.domain.contract import Source
from registry.domain.errors import BadInput, BadReference, DuplicateKey, LimitExceeded, Malformed, WrongKind
from registry.domain.location import Position
from registry.engines.avro.reading import parse
from registry.engines.avro.schema import Enum, Fixed, Primitive, Record
from registry.engines.documents.limits import Limits
from tests.avro.support import read, source


def record(*fields: Any, **more: Any) -> Any:
    return {"type": "record", "name": "Event", "fields": list(fields), **more}


def field(type_: Any, **more: Any) -> Any:
    return {"name": "f", "type": type_, **more}


STATUS = {"type": "enum", "name": "Status", "symbols": ["OPEN", "PAID"]}
DIGEST = {"type": "fixed", "name": "Digest", "size": 2}

REFUSED: dict[str, tuple[Any, type[BadInput], str]] = {
    "a number": (5, WrongKind, ""),
    "no type": ({"name": "Event"}, WrongKind, ""),
    "unknown type": (record(field("Money")), BadReference, "/fields/0/type"),
    "used before it is declared": (
        record(field("Status"), {"name": "g", "type": STATUS}),
        BadReference,
        "/fields/0/type",
    ),
    "duplicate name": (record(field(STATUS), {"name": "g", "type": STATUS}), Malformed, "/fields/1/type/name"),
    "duplicate field": (record(field("int"), field("int")), Malformed, "/fields/1"),
    "duplicate symbol": (STATUS | {"symbols": ["OPEN", "OPEN"]}, Malformed, "/symbols/1"),
    "illegal name": (record(name="1st"), Malformed, "/name"),
    "illegal field name": (record({"name": "a-b", "type": "int"}), Malformed, "/fields/0/name"),
    "illegal symbol": (STATUS | {"symbols": ["a b"]}, Malformed, "/symbols/0"),
    "illegal namespace": (record(namespace="a..b"), Malformed, "/namespace"),
    "illegal alias": (record(aliases=["?"]), Malformed, "/aliases/0"),
    "the name of a primitive": (record(name="string"), Malformed, "/name"),
    "no name": ({"type": "record", "fields": []}, Malformed, ""),
    "no fields": ({"type": "record", "name": "Event"}, Malformed, ""),
    "a field that is none": (record("int"), Malformed, "/fields/0"),
    "a field without a type": (record({"name": "f"}), Malformed, "/fields/0"),
    "illegal order": (record(field("int", order="random")), Malformed, "/fields/0/order"),
    "doc that is no text": (record(doc=5), Malformed, "/doc"),
    "no size": ({"type": "fixed", "name": "Digest"}, Malformed, ""),
    "negative size": (DIGEST | {"size": -1}, Malformed, "/size"),
    "no items": ({"type": "array"}, Malformed, ""),
    "a union in a union": (["null", ["int"]], Malformed, "/1"),
    "a branch twice": (["int", "string", "int"], Malformed, "/2"),
    "two arrays": ([{"type": "array", "items": "int"}, {"type": "array", "items": "string"}], Malformed, "/1"),
    "default of another type": (record(field("int", default="1")), Malformed, "/fields/0/default"),
    "default beyond an int": (record(field("int", default=1 << 31)), Malformed, "/fields/0/default"),
    "null for a string": (record(field("string", default=None)), Malformed, "/fields/0/default"),
    "default that no branch has": (record(field(["null", "string"], default=1)), Malformed, "/fields/0/default"),
    "default that is no symbol": (record(field(STATUS, default="LOST")), Malformed, "/fields/0/default"),
    "enum default that is no symbol": (STATUS | {"default": "LOST"}, Malformed, "/default"),
    "default of another size": (record(field(DIGEST, default="abc")), Malformed, "/fields/0/default"),
    "bytes beyond 255": (record(field("bytes", default="€")), Malformed, "/fields/0/default"),
    "an item of another type": (
        record(field({"type": "array", "items": "int"}, default=[1, "2"])),
        Malformed,
        "/fields/0/default/1",
    ),
    "a record default without a field": (
        record(field(record(field("int")) | {"name": "Inner"}, default={})),
        Malformed,
        "/fields/0/default",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_specification_refuses_is_refused_at_its_place(name: str) -> None:
    """Each fault has its class, its JSON pointer, and a line and column."""
    value, error, path = REFUSED[name]
    with pytest.raises(error) as refusal:
        read(value)
    assert refusal.value.location is not None
    assert refusal.value.location.path == path
    assert refusal.value.location.position is not None


def test_the_place_of_a_fault_is_a_line_and_a_column() -> None:
    """They count from 1, and point at the key."""
    text = '{\n  "type": "record",\n  "name": "Event",\n  "fields": [\n    { "name": "f", "type": "Money" }\n  ]\n}'
    with pytest.raises(BadReference) as refusal:
        parse(Source({"event.avsc": text.encode()}, "event.avsc"))
    assert refusal.value.location is not None
    assert refusal.value.location.position == Position(5, 20)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", Malformed),
        ("{", Malformed),
        ('{"type": "int", "type": "string"}', DuplicateKey),
        ('{"type": "array", "items": ' * 10_000 + '"int"' + "}" * 10_000, LimitExceeded),
        ("[" * 10_000 + "]" * 10_000, LimitExceeded),
    ],
    ids=["empty", "cut off", "key twice", "10,000 arrays", "10,000 brackets"],
)
def test_hostile_text_is_refused(text: str, error: type[BadInput]) -> None:
    """Limits hold before anything is parsed."""
    with pytest.raises(error):
        parse(Source({"event.avsc": text.encode()}, "event.avsc"))


def test_a_schema_that_is_deeper_than_the_interpreter_is_refused() -> None:
    """Also where somebody has raised the limit of levels."""
    text = '{"type": "array", "items": ' * 5_000 + '"int"' + "}" * 5_000
    with pytest.raises(LimitExceeded):
        parse(Source({"event.avsc": text.encode()}, "event.avsc"), Limits(depth=20_000))


def test_an_entry_that_is_not_there_is_refused() -> None:
    """A contract starts at one of its files."""
    with pytest.raises(WrongKind):
        parse(Source({"other.avsc": b'"int"'}, "event.avsc"))


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.sampled_from(["record", "enum", "int", "string", "Event", "array", "", "a.b"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["type", "name", "fields", "items", "values", "symbols", "size", "default", "aliases", "namespace", "logicalType"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=400, deadline=None)
@given(json_values)
def test_any_json_is_a_schema_or_bad_input(value: Any) -> None:
    """Nothing but an error of our own comes out of what is no schema."""
    with suppress(BadInput):
        read(value)


def test_namespaces_are_inherited_and_full_names_leave_them() -> None:
    """A name without dots is in the namespace around it; one with dots brings its own."""
    schema = read(
        record(
            field({"type": "fixed", "name": "Near", "size": 1}),
            {"name": "g", "type": {"type": "fixed", "name": "other.Far", "size": 1}},
            {"name": "h", "type": {"type": "fixed", "name": "None", "namespace": "", "size": 1}},
            {"name": "i", "type": ["Near", "other.Far", "Event"]},
            namespace="shop.events",
        )
    )
    assert set(schema.names) == {"shop.events.Event", "shop.events.Near", "other.Far", "None"}


def test_an_alias_is_in_the_namespace_of_its_type() -> None:
    """Unless it has one of its own."""
    schema = read({"type": "fixed", "name": "shop.Digest", "size": 1, "aliases": ["Hash", "old.Sum"]})
    assert schema.names["shop.Digest"].aliases == ("shop.Hash", "old.Sum")


@pytest.mark.parametrize("default", [None, "text"])
@pytest.mark.parametrize("union", [["null", "string"], ["string", "null"]], ids=["null first", "null last"])
def test_the_default_of_a_union_fits_one_of_its_branches(union: list[str], default: str | None) -> None:
    """Null first or not."""
    schema = read(record(field(union, default=default)))
    event = schema.names["Event"]
    assert isinstance(event, Record)
    assert event.fields["f"].default is not None
    assert event.fields["f"].default.value == default


@pytest.mark.parametrize(
    ("declaration", "shown"),
    [
        ({"type": "bytes", "logicalType": "decimal", "precision": 8, "scale": 2}, "decimal(8, 2)"),
        ({"type": "bytes", "logicalType": "decimal", "precision": 2, "scale": 8}, "None"),
        ({"type": "bytes", "logicalType": "decimal"}, "None"),
        ({"type": "fixed", "name": "D", "size": 2, "logicalType": "decimal", "precision": 4}, "decimal(4, 0)"),
        ({"type": "fixed", "name": "D", "size": 2, "logicalType": "decimal", "precision": 5}, "None"),
        ({"type": "fixed", "name": "D", "size": 12, "logicalType": "duration"}, "duration"),
        ({"type": "fixed", "name": "D", "size": 11, "logicalType": "duration"}, "None"),
        ({"type": "fixed", "name": "D", "size": 16, "logicalType": "uuid"}, "uuid"),
        ({"type": "string", "logicalType": "uuid"}, "uuid"),
        ({"type": "int", "logicalType": "date"}, "date"),
        ({"type": "string", "logicalType": "date"}, "None"),
        ({"type": "int", "logicalType": "time-millis"}, "time-millis"),
        ({"type": "long", "logicalType": "local-timestamp-micros"}, "local-timestamp-micros"),
        ({"type": "long", "logicalType": "of-our-own"}, "None"),
        ({"type": "long", "logicalType": 5}, "None"),
    ],
)
def test_a_logical_type_that_is_unknown_or_ill_formed_is_ignored(declaration: Any, shown: str) -> None:
    """The specification has readers go by the underlying type then."""
    schema = read(declaration)
    concrete = schema.concrete(schema.root)
    assert isinstance(concrete, Primitive | Fixed)
    assert str(concrete.logical) == shown


def test_an_enum_keeps_its_symbols_in_order() -> None:
    """They sort by it."""
    schema = read(STATUS)
    assert isinstance(schema.root, Enum)
    assert tuple(schema.root.symbols) == ("OPEN", "PAID")


def test_types_are_declared_in_other_files() -> None:
    """In any order, and in both ways at once; a fault in one is told there."""
    schema = read(record(field("Line")), line=record(field(["null", "Event"])) | {"name": "Line"})
    assert set(schema.names) == {"Event", "Line"}
    with pytest.raises(Malformed) as refusal:
        read(record(field("Line")), line={"type": "fixed", "name": "Line", "size": "big"})
    assert refusal.value.location is not None
    assert refusal.value.location.file == "line.avsc"


def test_files_that_are_no_avro_are_left_alone() -> None:
    """Such as examples."""
    contract = source(record(field("int")))
    assert parse(Source({**contract.files, "examples/one.json": b"not json"}, contract.entry))
