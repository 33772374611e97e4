"""Contracts and pacts that cannot be kept: each is refused with its place, and nothing of the publication is written."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.http.registry_under_test import (
    DIALECT,
    Caller,
    RegistryUnderTest,
    encoded,
    event,
    pact,
    publication,
    schema,
    service_version,
)

GOOD = schema(id="string")
AVRO = '{"type": "record", "name": "Event", "fields": [{"name": "id", "type": "int"}]}'
OPENAPI = '{"openapi": "3.1.0", "info": {"title": "t", "version": "1.0.0"}, "paths": {}}'
PROTO = 'syntax = "proto3";\npackage shop;\nmessage Price { int64 units = 1; }\n'


def with_reference(target: str) -> str:
    """A schema that refers to something."""
    return json.dumps({"$schema": DIALECT, "$ref": target})


def contract(kind: str, entry: str, **files: bytes | str) -> dict[str, Any]:
    """A provided contract with files; `__` in a name stands for a dot."""
    rows = [{"path": name.replace("__", "."), "content": encoded(data)} for name, data in files.items()]
    return {"contract": "shop", "kind": kind, "entry": entry, "files": rows, "version": "1.0.0", "mode": "backward"}


def nested_option(levels: int) -> str:
    """A message literal in an option, that many levels deep."""
    return f'syntax = "proto3";\noption (x) = {"{ a: " * levels}{"}" * levels};\n'


BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join(['*' + before] * 10)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)

REFUSED: dict[str, tuple[dict[str, Any], int, str]] = {
    "not UTF-8": (contract("openapi", "api.yaml", api__yaml=b"\xff\xfe"), 400, "not-text"),
    "neither JSON nor YAML": (contract("openapi", "api.yaml", api__yaml="openapi: [3.1.0"), 400, "malformed"),
    "not the kind it claims": (contract("openapi", "api.json", api__json=GOOD), 400, "wrong-kind"),
    "no schema": (contract("jsonschema", "schema.json", schema__json='"text"'), 400, "wrong-kind"),
    "empty": (contract("jsonschema", "schema.json", schema__json=""), 400, "malformed"),
    "too large": (contract("jsonschema", "schema.json", schema__json=GOOD + " " * (1 << 19)), 413, "limit-exceeded"),
    "deep JSON": (
        contract("jsonschema", "schema.json", schema__json='{"not":' * 100_00 + "{}" + "}" * 100_00),
        413,
        "limit-exceeded",
    ),
    "YAML alias bomb": (contract("openapi", "api.yaml", api__yaml=BOMB), 413, "limit-exceeded"),
    "duplicate key": (contract("openapi", "api.json", api__json='{"openapi": "3.1.0", "openapi": "3.1.0"}'), 400, "duplicate-key"),
    "NaN": (contract("jsonschema", "schema.json", schema__json='{"const": NaN}'), 400, "not-a-number"),
    "lone surrogate": (contract("jsonschema", "schema.json", schema__json=r'{"const": "\udc00"}'), 400, "not-text"),
    "proto syntax error": (contract("protobuf", "", a__proto="message {"), 400, "malformed"),
    "proto unresolved import": (contract("protobuf", "", a__proto=PROTO + 'import "b.proto";\n'), 400, "bad-reference"),
    "proto import that climbs out": (
        contract("protobuf", "", a__proto=PROTO + 'import "../../etc/passwd";\n'),
        400,
        "bad-reference",
    ),
    "proto option 1,000 deep": (contract("protobuf", "", a__proto=nested_option(1000)), 413, "limit-exceeded"),
    "$ref to a file outside": (
        contract("jsonschema", "schema.json", schema__json=with_reference("../other.json")),
        400,
        "bad-reference",
    ),
    "$ref to an URL": (
        contract("jsonschema", "schema.json", schema__json=with_reference("https://example.org/schema.json")),
        400,
        "bad-reference",
    ),
    "$ref to itself": (contract("jsonschema", "schema.json", schema__json=with_reference("#")), 400, "bad-reference"),
    "entry that is not there": (contract("jsonschema", "other.json", schema__json=GOOD), 400, "wrong-kind"),
    "API entry that is not there": (contract("openapi", "other.json", api__json=OPENAPI), 400, "bad-reference"),
    "example that is not there": (event("OrderPlaced", GOOD, examples=["one.json"]), 400, "bad-request"),
    "no Avro schema": (contract("avro", "event.avsc", event__avsc='{"name": "Event"}'), 400, "wrong-kind"),
    "unknown Avro type": (contract("avro", "event.avsc", event__avsc='"Money"'), 400, "bad-reference"),
    "duplicate Avro name": (contract("avro", "event.avsc", event__avsc=f"[{AVRO}, {AVRO}]"), 400, "malformed"),
    "illegal Avro default": (
        contract("avro", "event.avsc", event__avsc=AVRO.replace('"type": "int"', '"type": "int", "default": "1"')),
        400,
        "malformed",
    ),
    "Avro nested 10,000 levels": (
        contract("avro", "event.avsc", event__avsc='{"type": "array", "items": ' * 10_000 + '"int"' + "}" * 10_000),
        413,
        "limit-exceeded",
    ),
    "a version that is not semver": (event("OrderPlaced", GOOD, "1.0"), 400, "bad-version"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_bad_contract_is_refused_and_nothing_is_written(kind: str, registry: RegistryUnderTest, admin: Caller) -> None:
    """The good half of the publication is not kept either."""
    provided, status, code = REFUSED[kind]
    good = service_version("carts", "ordering", "c1", provides=[event("CartUpdated", GOOD)])
    bad = service_version("orders", "ordering", "a1", provides=[provided])
    before = registry.rows()
    answer = admin.post("/publications", publication(good, bad))
    assert (answer.status, answer.body["code"]) == (status, code), answer.body["detail"]
    assert answer.body["detail"]
    assert answer.body["next_step"]
    assert registry.rows() == before


def test_an_example_that_its_schema_refuses(registry: RegistryUnderTest, admin: Caller) -> None:
    """The place is that in the example."""
    provided = event("OrderPlaced", GOOD, examples=["one.json"])
    provided["files"].append({"path": "one.json", "content": encoded('{"id": 7}')})
    before = registry.rows()
    answer = admin.post("/publications", publication(service_version("orders", "ordering", "a1", provides=[provided])))
    assert (answer.status, answer.body["code"]) == (400, "bad-example")
    assert (answer.body["place"]["file"], answer.body["place"]["path"]) == ("one.json", "/id")
    assert registry.rows() == before


def test_a_pact_of_somebody_else(registry: RegistryUnderTest, admin: Caller) -> None:
    """A service publishes its own pacts."""
    version = service_version("carts", "ordering", "c1", pacts=[{"name": "p.json", "content": encoded(pact("orders", "stock"))}])
    answer = admin.post("/publications", publication(version))
    assert (answer.status, answer.body["code"]) == (400, "bad-request")
    assert registry.rows()["services"] == 0


def test_names_that_no_column_holds(registry: RegistryUnderTest, admin: Caller) -> None:
    """Names and versions are bounded at the door, so that no database has to refuse them."""
    for version in (service_version("o" * 201, "ordering", "a1"), service_version("orders", "ordering", "a" * 256)):
        answer = admin.post("/publications", publication(version))
        assert (answer.status, answer.body["code"]) == (400, "bad-request")
    assert registry.rows()["services"] == 0


@pytest.mark.parametrize("missing", ["service", "version", "environment"])
def test_what_nobody_has_heard_of(missing: str, admin: Caller) -> None:
    """An unknown service, version or environment is named, with what to do about it."""
    assert admin.post("/publications", publication(service_version("orders", "ordering", "a1"))).status == 201
    assert admin.post("/environments", {"name": "production", "production": True}).status == 201
    names = {"service": "orders", "version": "a1", "environment": "production", missing: "nowhere"}
    answer = admin.get(f"/can-i-deploy?service={names['service']}&version={names['version']}&environment={names['environment']}")
    assert (answer.status, answer.body["code"], answer.body["facts"]["name"]) == (404, "not-found", "nowhere")
    assert answer.body["next_step"]
