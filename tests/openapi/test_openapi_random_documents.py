"""Random OpenAPI documents, made by damaging a sound one: every pair has an answer, and spelling does not change it."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator, Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from registry.domain.change import Comparison
from registry.domain.contract import Mode, Source
from registry.domain.errors import BadInput
from registry.domain.verdict import Verdict
from registry.engines.openapi import ApiContract, compare, elements, parse
from registry.engines.openapi.lint import lint
from tests.openapi.support import NOW

MONEY = {
    "type": "object",
    "required": ["amount"],
    "properties": {"amount": {"type": "integer", "minimum": 0}, "currency": {"type": "string", "enum": ["EUR", "USD"]}},
    "additionalProperties": False,
}
DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Carts", "version": "1.0.0"},
    "servers": [{"url": "https://{region}.example", "variables": {"region": {"default": "eu", "enum": ["eu", "us"]}}}],
    "security": [{"key": []}],
    "paths": {
        "/carts/{id}": {
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
            "get": {
                "operationId": "cart",
                "parameters": [
                    {"name": "fields", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
                    {"name": "page", "in": "query", "schema": {"type": "object", "properties": {"limit": {"type": "integer"}}}},
                    {"$ref": "#/components/parameters/trace"},
                ],
                "responses": {
                    "200": {
                        "description": "OK",
                        "headers": {"ETag": {"schema": {"type": "string"}, "deprecated": True, "x-sunset": "2031-01-31"}},
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Cart"}}},
                        "links": {"self": {"operationId": "cart"}},
                    },
                    "default": {"description": "Problem", "content": {"application/problem+json": {"schema": {}}}},
                },
            },
            "put": {
                "deprecated": True,
                "x-sunset": "2030-01-31",
                "x-stability-level": "beta",
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/Cart"}},
                        "multipart/form-data": {
                            "schema": {"type": "object", "properties": {"photo": {"type": "string"}}},
                            "encoding": {
                                "photo": {"contentType": "image/png", "headers": {"X-Size": {"schema": {"type": "integer"}}}}
                            },
                        },
                    },
                },
                "responses": {"204": {"description": "Put"}},
                "callbacks": {
                    "paid": {
                        "{$request.body#/url}": {
                            "post": {
                                "requestBody": {"content": {"application/json": {"schema": MONEY}}},
                                "responses": {"200": {"description": "OK"}},
                            }
                        }
                    }
                },
                "security": [{"login": ["carts:write"]}],
            },
        },
    },
    "webhooks": {"paid": {"post": {"requestBody": {"content": {"application/json": {"schema": MONEY}}}, "responses": {}}}},
    "components": {
        "parameters": {"trace": {"name": "X-Trace", "in": "header", "schema": {"type": "string", "maxLength": 32}}},
        "schemas": {
            "Cart": {
                "type": "object",
                "required": ["id"],
                "properties": {
                    "id": {"type": "string", "readOnly": True},
                    "total": {"$ref": "#/components/schemas/Money"},
                    "method": {
                        "oneOf": [{"$ref": "#/components/schemas/Card"}, {"$ref": "#/components/schemas/Cash"}],
                        "discriminator": {"propertyName": "kind", "mapping": {"card": "#/components/schemas/Card"}},
                    },
                    "related": {"type": "array", "items": {"$ref": "#/components/schemas/Cart"}},
                    "state": {"type": "string", "x-extensible-enum": ["open", "paid"]},
                },
            },
            "Money": MONEY,
            "Card": {
                "type": "object",
                "required": ["kind"],
                "properties": {"kind": {"const": "card"}, "number": {"type": "string"}},
            },
            "Cash": {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "cash"}}},
        },
        "securitySchemes": {
            "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
            "login": {
                "type": "oauth2",
                "flows": {"clientCredentials": {"tokenUrl": "https://login.example/token", "scopes": {"carts:write": "Write"}}},
            },
        },
    },
}

VALUES = st.sampled_from([None, True, False, 0, -1, 1.5, "", "x", "object", "string", [], {}, ["a", "a"], {"a": 1}, "2020-01-31"])
DAMAGE = st.lists(
    st.tuples(st.integers(0, 10_000), st.sampled_from(["drop", "put", "copy"]), VALUES, st.integers(0, 10_000)), max_size=3
)
SEEDS = st.integers(0, 1_000_000)
ROUNDS = settings(max_examples=60, deadline=None)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place of a document below its root, as the container and the key in it."""
    keys: Sequence[Any] = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from places(value[key])


def damaged(document: Any, damage: Sequence[tuple[int, str, Any, int]]) -> Any:
    """The document after a few accidents: places dropped, overwritten, or replaced by what stands elsewhere."""
    document = copy.deepcopy(document)
    for index, action, value, other in damage:
        found = [place for place in places(document) if place[1] != "openapi"]
        container, key = found[index % len(found)]
        if action == "drop":
            del container[key]
        elif action == "put":
            container[key] = copy.deepcopy(value)
        else:
            source, name = found[other % len(found)]
            container[key] = copy.deepcopy(source[name])
    return document


DATA = frozenset({"enum", "const", "default", "example", "examples", "mapping", "securitySchemes"})
"""Below these, a `schema` is a name like any other."""


def respelt(value: Any, dice: random.Random, schemas: dict[str, Any] | None) -> Any:
    """The same document with its mappings in another order, and some schemas moved to those given, if any are."""
    if isinstance(value, list):
        return [respelt(item, dice, schemas) for item in value]
    if not isinstance(value, dict):
        return value
    members = [
        (key, respelt(inner, dice, None if key in DATA or key.startswith("x-") else schemas)) for key, inner in value.items()
    ]
    dice.shuffle(members)
    spelt = dict(members)
    schema = spelt.get("schema")
    if schemas is not None and isinstance(schema, dict) and schema and dice.random() < 0.5:
        name = f"Moved{len(schemas)}"
        schemas[name] = schema
        spelt["schema"] = {"$ref": f"#/components/schemas/{name}"}
    return spelt


def spelt_otherwise(document: Any, seed: int) -> Any:
    moved: dict[str, Any] = {}
    result = respelt(document, random.Random(seed), moved)
    components = result.get("components")
    if not moved:
        return result
    if not isinstance(components, dict) or not isinstance(components.get("schemas"), dict):
        return document
    components["schemas"].update(moved)
    return result


def read(document: Any) -> ApiContract:
    return parse(Source({"api.json": json.dumps(document).encode()}, "api.json"))


def told(comparison: Comparison) -> tuple[Verdict, set[tuple[str, str]]]:
    """What a comparison says, whatever the order and the places."""
    return comparison.verdict, {(change.rule, str(change.severity)) for change in comparison.changes}


@ROUNDS
@given(DAMAGE, DAMAGE, st.sampled_from([Mode.BACKWARD, Mode.FORWARD, Mode.FULL]))
def test_every_pair_has_an_answer(before, after, mode):
    """Whatever a document holds, it is compared, listed and linted, or refused with a reason."""
    try:
        old, new = read(damaged(DOCUMENT, before)), read(damaged(DOCUMENT, after))
    except BadInput:
        return
    assert compare(old, new, mode=mode, as_of=NOW, minimum_notice=[("stable", 30)]).verdict in Verdict
    assert isinstance(elements(new), frozenset)
    assert isinstance(lint(new), tuple)


@ROUNDS
@given(DAMAGE, SEEDS)
def test_spelling_is_no_change(damage, seed):
    """The order of mappings, and whether a schema stands in place or among the components, are nothing to report."""
    document = damaged(DOCUMENT, damage)
    try:
        old, new = read(document), read(spelt_otherwise(document, seed))
    except BadInput:
        return
    for one, other in ((old, new), (new, old), (old, old)):
        assert told(compare(one, other, mode=Mode.FULL, as_of=NOW)) == (Verdict.YES, set())


@ROUNDS
@given(DAMAGE, SEEDS)
def test_spelling_changes_no_verdict(damage, seed):
    """Whether two documents get along does not depend on how either is spelt; which change shows it may."""
    document = damaged(DOCUMENT, damage)
    try:
        new, again = read(document), read(spelt_otherwise(document, seed))
    except BadInput:
        return
    old, other = read(DOCUMENT), read(spelt_otherwise(DOCUMENT, seed + 1))
    as_written, otherwise = (compare(*pair, mode=Mode.BACKWARD, as_of=NOW) for pair in ((old, new), (other, again)))
    assert as_written.verdict is otherwise.verdict
