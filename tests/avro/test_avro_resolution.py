"""What a reader makes of a writer."""

from __future__ import annotations

import pytest

from registry.engines.avro.resolution import Reason, incompatibilities
from tests.avro.support import read, reads, schema

LINE = "{type: record, name: Line, fields: [{name: sku, type: string}]}"


def record(*fields: str) -> str:
    return f"{{type: record, name: Event, fields: [{', '.join(fields)}]}}"


@pytest.mark.parametrize(
    ("reader", "writer", "fits"),
    [
        ("long", "int", True),
        ("int", "long", False),
        ("double", "float", True),
        ("float", "double", False),
        ("string", "bytes", True),
        ("bytes", "string", True),
        ("boolean", "int", False),
        ("['null', int]", "int", True),
        ("int", "['null', int]", False),
        ("[float, string]", "[int, string]", True),
        ("[int, string]", "[float, string]", False),
        ("{type: array, items: long}", "{type: array, items: int}", True),
        ("['null', {type: array, items: int}]", "{type: array, items: long}", False),
        ("{type: map, values: [string]}", "{type: map, values: string}", True),
        ("{type: map, values: int}", "{type: array, items: int}", False),
    ],
)
def test_types_fit_as_the_specification_says(reader: str, writer: str, fits: bool) -> None:
    """Promotions, unions on either side, and what is inside arrays and maps."""
    assert reads(reader, writer) is fits


def test_names_match_without_their_namespaces_or_by_an_alias() -> None:
    """The reader's aliases count, by the writer's full name."""
    old = "{type: fixed, name: shop.Hash, size: 2}"
    assert reads("{type: fixed, name: common.Hash, size: 2}", old)
    assert not reads("{type: fixed, name: shop.Digest, size: 2}", old)
    assert reads("{type: fixed, name: shop.Digest, size: 2, aliases: [Hash]}", old)
    assert not reads("{type: fixed, name: common.Digest, size: 2, aliases: [Hash]}", old)
    assert not reads(old, "{type: fixed, name: shop.Digest, size: 2, aliases: [Hash]}")


def test_a_field_is_found_by_its_name_then_by_its_aliases() -> None:
    """And its own name goes before an alias that the writer has too."""
    old = record("{name: item, type: string}")
    assert reads(record("{name: sku, type: string, aliases: [item]}"), old)
    assert not reads(record("{name: sku, type: string}"), old)
    both = record("{name: item, type: int}", "{name: sku, type: string}")
    assert reads(record("{name: sku, type: string, aliases: [item]}"), both)


def test_a_missing_field_takes_the_readers_default() -> None:
    """Null is a default too; the writer's default is none of the reader's."""
    assert reads(record("{name: note, type: ['null', string], default: null}"), record())
    assert not reads(record("{name: note, type: string}"), record())
    assert reads(record(), record("{name: note, type: string}"))
    assert not reads(record("{name: note, type: string}"), record("{name: other, type: string, default: x}"))


def test_unknown_symbols_take_the_readers_default() -> None:
    """Not the writer's."""
    old = "{type: enum, name: E, symbols: [A, B], default: A}"
    assert not reads("{type: enum, name: E, symbols: [A]}", old)
    assert reads("{type: enum, name: E, symbols: [A], default: A}", old)


def test_a_branch_of_the_same_type_goes_before_a_promotion() -> None:
    """A reader of string and bytes reads bytes as bytes, wherever they stand."""
    nested = "[string, {type: record, name: Other, fields: []}, {type: record, name: a.Line, fields: [{name: x, type: int}]}]"
    assert not reads(nested, "{type: record, name: b.Line, fields: []}")
    assert reads(f"{nested[:-1]}, {{type: record, name: b.Line, fields: []}}]", "{type: record, name: b.Line, fields: []}")


def test_decimals_fit_where_no_digit_is_lost() -> None:
    """The same scale, and room for the writer's digits."""

    def decimal(precision: int, scale: int) -> str:
        return f"{{type: bytes, logicalType: decimal, precision: {precision}, scale: {scale}}}"

    assert reads(decimal(10, 2), decimal(8, 2))
    assert not reads(decimal(8, 2), decimal(10, 2))
    assert not reads(decimal(10, 3), decimal(10, 2))
    assert reads(decimal(8, 2), "bytes")


def test_recursion_ends() -> None:
    """A type inside itself is looked at once, and what is wrong beside it is found."""

    def tree(leaf: str) -> str:
        return f"{{type: record, name: Tree, fields: [{{name: next, type: ['null', Tree]}}, {{name: leaf, type: {leaf}}}]}}"

    assert reads(tree("long"), tree("int"))
    (fault,) = incompatibilities(schema(tree("int")), schema(tree("long")))
    assert (fault.reason, fault.path) == (Reason.TYPE_MISMATCH, "$.leaf")


def test_types_that_refer_to_each_other_are_followed_however_many() -> None:
    """A chain of thousands of references costs no interpreter frames."""

    def chain(leaf: str) -> list[object]:
        first = {"type": "record", "name": "R0", "fields": [{"name": "x", "type": leaf}]}
        rest = [{"type": "record", "name": f"R{n}", "fields": [{"name": "x", "type": f"R{n - 1}"}]} for n in range(1, 900)]
        return [first, *rest]

    assert incompatibilities(read(chain("long")), read(chain("int"))) == ()
    assert len(incompatibilities(read(chain("int")), read(chain("long")))) == 1


def test_a_reason_has_its_path_and_both_places() -> None:
    """Where it is in a record, and in each of the schemas."""
    old = f"{{type: record, name: Event, fields: [{{name: lines, type: {{type: array, items: {LINE}}}}}]}}"
    new = old.replace("type: string", "type: int").replace("name: Event", "name: Event, doc: New.")
    (fault,) = incompatibilities(schema(new), schema(old))
    assert fault.path == "$.lines[].sku"
    assert fault.reader.path == fault.writer.path == "/fields/0/type/items/fields/0/type"
    assert fault.message == "string is not read as int"
