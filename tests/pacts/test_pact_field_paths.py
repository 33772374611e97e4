"""The fields that an example and its matching rules name."""

from __future__ import annotations

from typing import Any

import pytest

from tests.pacts.support import http, http_use, message_use


def fields(body: Any, rules: dict[str, Any] | None = None) -> tuple[str, ...]:
    """The fields of a version 2 response body, without the root."""
    use = http_use(http(response={"body": body, "matchingRules": rules}))
    assert use.response_fields[0] == "$"
    return use.response_fields[1:]


def test_containers_and_leaves() -> None:
    """Objects, lists and what is in them are fields; items of a list share one name."""
    body = {"id": "c", "lines": [{"sku": "a"}, {"sku": "b", "gift": {"note": None}}], "tags": [["x"]]}
    assert fields(body) == (
        *("$.id", "$.lines", "$.lines[]", "$.lines[].gift", "$.lines[].gift.note", "$.lines[].sku"),
        *("$.tags", "$.tags[]", "$.tags[][]"),
    )


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ({"$.body.map.*": {"match": "type"}}, ("$.map", "$.map{}", "$.map{}.n")),
        ({"$.body.map[*]": {"match": "type"}}, ("$.map", "$.map{}", "$.map{}.n")),
        ({"$.body.map.*.n": {"match": "integer"}}, ("$.map", "$.map{}", "$.map{}.n")),
        ({"$['body']['map'].*": {"match": "type"}}, ("$.map", "$.map{}", "$.map{}.n")),
        ({"$.body.map": {"match": "values"}}, ("$.map", "$.map{}", "$.map{}.n")),
        ({"$.body.*": {"match": "type"}}, ("${}", "${}.a", "${}.a.n")),
        ({"$.body.map": {"match": "type"}}, ("$.map", "$.map.a", "$.map.a.n")),
        ({"$.body.map.a": {"match": "type"}}, ("$.map", "$.map.a", "$.map.a.n")),
        ({"$.headers.*": {"match": "type"}}, ("$.map", "$.map.a", "$.map.a.n")),
    ],
)
def test_free_names(rules: dict[str, Any], expected: tuple[str, ...]) -> None:
    """A wildcard for the members of an object, or a matcher of its values, makes their names values."""
    assert fields({"map": {"a": {"n": 1}}}, rules) == expected


def test_every_field_of_every_item() -> None:
    """`[*].*` means every field of every item, by its name in the example."""
    rules = {"$.body.lines": {"min": 1}, "$.body.lines[*].*": {"match": "type"}}
    assert fields({"lines": [{"sku": "a"}]}, rules) == ("$.lines", "$.lines[]", "$.lines[].sku")


def test_rules_for_an_empty_example() -> None:
    """Where the example is empty, the rules say what would be there; elsewhere only what the example has is read."""
    rules = {
        "$.body.lines[*].sku": {"match": "type"},
        "$.body.lines[0].price['amount']": {"match": "decimal"},
        "$.body.prices.*.amount": {"match": "decimal"},
        "$.body.notes[*].*": {"match": "type"},
        "$.body.other.gone": {"match": "type"},
    }
    assert fields({"lines": [], "prices": {}, "notes": [], "other": {"here": 1}}, rules) == (
        *("$.lines", "$.lines[]", "$.lines[].price", "$.lines[].price.amount", "$.lines[].sku"),
        *("$.notes", "$.notes[]", "$.other", "$.other.here", "$.prices", "$.prices{}", "$.prices{}.amount"),
    )


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        ({}, ()),
        ({"body": None}, ("$",)),
        ({"body": "text"}, ("$",)),
        ({"body": 3}, ("$",)),
        ({"body": "<a/>", "headers": {"content-type": "application/xml"}}, ("$",)),
        ({"body": {"a": 1}, "headers": {"Content-Type": "application/hal+json; charset=utf-8"}}, ("$", "$.a")),
        ({"body": {"a": 1}, "headers": {"Content-Type": "text/plain"}}, ("$",)),
    ],
)
def test_bodies_before_version_4(response: dict[str, Any], expected: tuple[str, ...]) -> None:
    """A body that is not JSON is one field, and no body is none."""
    assert http_use(http(response=response)).response_fields == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, ()),
        ({"content": {"a": 1}}, ("$", "$.a")),
        ({"content": {"a": 1}, "contentType": "application/json", "encoded": False}, ("$", "$.a")),
        ({"content": "eyJhIjogeyJiIjogMX19", "contentType": "application/json", "encoded": "base64"}, ("$", "$.a", "$.a.b")),
        ({"content": "aGVsbG8=", "contentType": "application/protobuf", "encoded": True}, ("$",)),
        ({"content": '{"a": 1}', "contentType": "application/json", "encoded": False}, ("$",)),
    ],
)
def test_bodies_of_version_4(body: dict[str, Any], expected: tuple[str, ...]) -> None:
    """Content in base64 is decoded when it is JSON; a JSON text that is not encoded is a string."""
    assert http_use(http(response={"body": body}), version="4.0").response_fields == expected


def test_both_ways_of_a_message_exchange() -> None:
    """A synchronous message is sent, and its answers are read."""
    record = {"contents": {"content": {"a": 1}, "contentType": "application/json"}, "metadata": {"m": "1"}}
    exchange = {"type": "Synchronous/Messages", "description": "rpc", "request": record, "response": []}
    assert (message_use(exchange).role, message_use(exchange).fields) == ("sent", ("$", "$.a"))
