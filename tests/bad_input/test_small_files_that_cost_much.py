"""Files of a megabyte that would cost gigabytes or hours: refused, or answered, within the time that a person waits."""

from __future__ import annotations

import json
from itertools import product
from time import process_time
from typing import Any

import pytest

from registry.domain.contract import ContractKind, Mode, Source
from registry.domain.errors import BadExample, BadInput, LimitExceeded, WrongKind
from registry.domain.publication import ProvidedContract
from registry.engines.documents.document import read
from registry.engines.documents.limits import Limits
from registry.services.pact_usage import read_pact
from registry.services.soundness import check_provided

SECONDS = 5.0
"""Processor time; without its bound each of these takes minutes, or all memory."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DRAFT4 = "http://json-schema.org/draft-04/schema#"


def judged(schema: Any, example: str) -> tuple[str, ...]:
    """What an event of that schema is told about its one example."""
    files = {"schema.json": json.dumps({"$schema": DIALECT, **schema}).encode(), "one.json": example.encode()}
    event = ProvidedContract(
        "OrderPlaced", ContractKind.JSONSCHEMA, Source(files, "schema.json"), None, Mode.FULL, examples=("one.json",)
    )
    began = process_time()
    try:
        return check_provided(event, Limits())
    finally:
        assert process_time() - began < SECONDS


def twice_the_next(levels: int) -> Any:
    """Definitions that each refer twice to the next: as many lines as levels, and two to their power of steps."""
    twice = {f"d{level}": {"allOf": [{"$ref": f"#/$defs/d{level + 1}"}] * 2} for level in range(levels)}
    return {"$ref": "#/$defs/d0", "$defs": {**twice, f"d{levels}": {"type": "object"}}}


def test_long_keys_above_many_values_are_refused() -> None:
    """A pointer repeats every key above it: 1 MB of a key above 20,000 values would be 20 GB of pointers."""
    key, values = "K" * 1_000_000, json.dumps({f"a{index}": {} for index in range(20_000)})
    for name, text in (("keys.json", f'{{"{key}": {values}}}'), ("keys.yaml", f"? {key}\n: {values}\n")):
        began = process_time()
        with pytest.raises(LimitExceeded, match="keys are too long"):
            read(name, text.encode())
        assert process_time() - began < SECONDS


def test_pointers_are_counted_together() -> None:
    """`/a`, `/a/b` and `/a/c` are ten characters: that many are allowed, and nine are not, in YAML as in JSON."""
    for name in ("few.json", "few.yaml"):
        read(name, b'{"a": {"b": 1, "c": 2}}', Limits(paths=10))
        with pytest.raises(LimitExceeded):
            read(name, b'{"a": {"b": 1, "c": 2}}', Limits(paths=9))


NOT_CHECKED = {
    "each definition twice the next": (twice_the_next(40), "{}"),
    "nothing but itself, by allOf": ({"allOf": [{"$ref": "#"}]}, "{}"),
    "itself or an object": ({"anyOf": [{"$ref": "#"}, {"type": "object"}]}, "{}"),
    "look-ahead": ({"pattern": "^(?!x)"}, '"a"'),
    "no pattern": ({"pattern": "("}, '"a"'),
    "a pattern that expands": ({"pattern": "(a{1000}){1000}"}, '"a"'),
    "a long pattern": ({"pattern": "|".join(f"x{number}y*" for number in range(20_000))}, json.dumps("x" * 200_000)),
    "a number beyond floats": ({"multipleOf": 0.1}, str(10**400)),
}


@pytest.mark.parametrize("kind", NOT_CHECKED)
def test_an_example_that_costs_too_much_to_check_is_said_to_be_unchecked(kind: str) -> None:
    """The schema may be sound, so it is not refused; that nobody vouches for its example is told."""
    (notice,) = judged(*NOT_CHECKED[kind])
    assert "one.json was not checked" in notice


def test_a_pattern_that_backtracks_for_ages_is_judged_in_linear_time() -> None:
    """Beside `unevaluatedProperties`, where the validators try patterns themselves, they are given the names that match."""
    schema = {"patternProperties": {"^(a+)+$": {}}, "unevaluatedProperties": False}
    assert judged(schema, f'{{"{"a" * 40}": 1}}') == ()
    with pytest.raises(BadExample, match="Unevaluated properties"):
        judged(schema, f'{{"{"a" * 40}b": 1}}')


def test_items_are_told_apart_without_comparing_each_pair() -> None:
    """Twenty thousand items are two hundred million pairs."""
    items = [{"line": number} for number in range(20_000)]
    assert judged({"uniqueItems": True}, json.dumps(items)) == ()
    with pytest.raises(BadExample, match="equal"):
        judged({"uniqueItems": True}, json.dumps([*items, {"line": 1.0}]))


def test_a_schema_of_many_parts_or_levels_is_held_against_its_draft() -> None:
    """Thousands of subschemas, values of mixed types in draft 4, and as many levels as are read."""
    judged({"properties": {f"p{number}": {"type": "string"} for number in range(50_000)}}, "{}")
    judged({"$schema": DRAFT4, "enum": [number if number % 2 else str(number) for number in range(40_000)]}, "1")
    deep: Any = {"type": "string"}
    for _ in range(95):
        deep = {"properties": {"a": deep}}
    judged(deep, "{}")


def test_the_first_reasons_are_enough() -> None:
    """An example that is wrong in half a million places is wrong."""
    with pytest.raises(BadExample, match="is not of type 'string'"):
        judged({"items": {"type": "string"}}, json.dumps(list(range(500_000))))


def pact_of(body: Any, rules: dict[str, Any] | None = None, **request: Any) -> bytes:
    """A pact with one interaction; the rules are for the body of its response."""
    named = {expression: {"matchers": [{"match": "type"}]} for expression in rules or {}}
    interaction = {
        "description": "an order",
        "request": {"method": "GET", "path": "/orders/1", **request},
        "response": {"status": 200, "body": body, "matchingRules": {"body": named}},
    }
    return json.dumps({"consumer": {"name": "cart"}, "provider": {"name": "orders"}, "interactions": [interaction]}).encode()


def below(names: str, value: Any) -> Any:
    """A value that many objects deep."""
    for name in reversed(names):
        value = {name: value}
    return value


WAYS = ["".join(steps) for steps in product((".a", ".*"), repeat=9)]

COSTLY_PACTS: dict[str, tuple[bytes, type[BadInput]]] = {
    "every rule at every item": (pact_of([{}] * 4_000, {f"$[*].a{number}": {} for number in range(4_000)}), LimitExceeded),
    "each way of wildcards": (
        pact_of(below("aaaaaaaaa", {f"b{number}": 1 for number in range(20_000)}), {f"${way}": {} for way in WAYS}),
        LimitExceeded,
    ),
    "a rule deeper than any body": (pact_of([], {f"${'[*]' * 20_000}": {}}), WrongKind),
    "many fields under a long name": (pact_of({"K" * 10_000: {f"a{number}": 1 for number in range(10_000)}}), LimitExceeded),
}


@pytest.mark.parametrize("kind", COSTLY_PACTS)
def test_a_pact_that_names_too_much_is_refused(kind: str) -> None:
    """What a pact uses is bounded as a whole; the place is its file."""
    data, error = COSTLY_PACTS[kind]
    began = process_time()
    with pytest.raises(error) as refused:
        read_pact("cart-orders.json", data, Limits())
    assert process_time() - began < SECONDS
    assert refused.value.place is not None
    assert refused.value.place.file == "cart-orders.json"


def test_a_parameter_that_is_repeated_is_read_in_time() -> None:
    """Two hundred thousand values of one name in a query of version 2."""
    began = process_time()
    read_pact("cart-orders.json", pact_of({}, query="&".join(["a=1"] * 200_000)), Limits())
    assert process_time() - began < SECONDS
