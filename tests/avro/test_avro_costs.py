"""Small Avro files that could cost much, and do not."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from registry.domain.contract import Mode
from registry.domain.errors import LimitExceeded, Malformed
from registry.engines.avro.comparison import compare
from registry.engines.avro.elements import elements
from registry.engines.avro.examples import refusals
from registry.engines.documents.document import read as read_document
from registry.services.catalog.avro_fields import listed_fields
from tests.avro.support import read

SECONDS = 10
"""Of CPU time, on a slow and busy machine; each took minutes, or memory without end, before it was bounded."""


def record(name: str, *fields: Any) -> Any:
    return {"type": "record", "name": name, "fields": list(fields)}


def field(name: str, type_: Any, **more: Any) -> Any:
    return {"name": name, "type": type_, **more}


def doubling(leaf: str) -> Any:
    """Sixty records, each holding the one before twice: 2**60 ways lead to the first."""
    pairs = [field(f"f{n}", record(f"R{n}", field("a", f"R{n - 1}"), field("b", f"R{n - 1}"))) for n in range(1, 60)]
    return record("Event", field("f0", record("R0", field("leaf", leaf))), *pairs)


def wide(type_: str) -> Any:
    return record("Event", *(field(f"f{n}", type_) for n in range(10_000)))


def renamed() -> Any:
    return record("Event", *(field(f"g{n}", "int", aliases=[f"f{n}"]) for n in range(10_000)))


def symbols(first: int) -> Any:
    return {"type": "enum", "name": "E", "symbols": [f"S{n}" for n in range(first, first + 50_000)]}


def branches(space: str) -> Any:
    return [record(f"{space}.R{n}", field("a", "int")) for n in range(1_000)]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (lambda: doubling("int"), lambda: doubling("string"), "type-changed"),
        (lambda: wide("int"), lambda: wide("string"), "type-changed"),
        (lambda: wide("int"), renamed, "field-renamed"),
        (lambda: symbols(0), lambda: symbols(25_000), "enum-symbol-removed"),
        (lambda: branches("a"), lambda: branches("b"), "namespace-changed"),
    ],
    ids=["2**60 ways", "10,000 types", "10,000 names", "50,000 symbols", "1,000 branches"],
)
def test_much_that_changed_is_compared_in_seconds(old: Callable[[], Any], new: Callable[[], Any], rule: str) -> None:
    """The work grows with the files, not with the ways through them or with the square of their parts."""
    before, after = read(old()), read(new())
    start = time.process_time()
    found = compare(before, after, subject="Event", mode=Mode.FULL)
    listed = elements(before, "Event")
    assert time.process_time() - start < SECONDS
    assert rule in {change.rule for change in found.changes}
    assert len(listed) <= 20_001


def test_a_default_is_checked_once_for_each_branch_that_it_may_be_of() -> None:
    """Unions that nest in each other would be tried for each way through both."""
    inner = record("B", field("f", ["null", "A", "B"]))
    schema = record("Event", field("u", ["null", record("A", field("f", ["null", "A", inner]))]))
    value: Any = {"f": 1}
    for _ in range(60):
        value = {"f": value}
    schema["fields"].append(field("d", ["A", "B"], default=value))
    with pytest.raises(Malformed):
        read(schema)


@pytest.mark.parametrize(
    "schema",
    [
        [record(f"R{n}") for n in range(1_001)],
        record("R" * 257 + "." + "R" * 1_024),
        record("Event", field("f" * 257, "int")),
    ],
    ids=["branches", "full name", "name"],
)
def test_what_multiplies_has_a_limit(schema: Any) -> None:
    """Every path is made of names, and every branch is held against every other."""
    with pytest.raises(LimitExceeded):
        read(schema)


def test_what_nests_through_references_is_listed_on_pages() -> None:
    """Each of many records holds an array of arrays of the one before: deeper together than the interpreter can follow."""
    types = [record("R0", field("x", "int"))]
    for n in range(1, 60):
        inner: Any = f"R{n - 1}"
        for _ in range(40):
            inner = {"type": "array", "items": inner}
        types.append(record(f"R{n}", field("x", inner)))
    rows, complete = listed_fields(read(types))
    assert not complete or len(rows) > 59
    assert max(row.depth for row in rows) > 50


def test_an_example_that_is_too_deep_is_refused() -> None:
    """Values of recursive records nest as far as the document does."""
    schema = read(record("A", field("f", ["null", "A"], default=None)))
    shallow, deep = (read_document("one.json", ('{"f": ' * levels + "null" + "}" * levels).encode()) for levels in (50, 199))
    assert refusals(schema, shallow) == ()
    with pytest.raises(LimitExceeded):
        refusals(schema, deep)
