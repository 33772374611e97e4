"""The event schemas are valid, describe whole CloudEvents, keep people's data out, and their examples are what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from contracts.checkout.common.events import EventType
from contracts.checkout.tests.documents import PLATFORM, STEPS, candidates, changed_files, manifest, paths_of, read, services, short

EVENTS = {
    "CartUpdated",
    "OrderPlaced",
    "OrderConfirmed",
    "OrderCancelled",
    "PaymentCaptured",
    "PaymentFailed",
    "PaymentRefunded",
    "StockReserved",
    "StockReservationFailed",
    "StockReleased",
    "StockLevelChanged",
    "ProductPriceChanged",
}
ENVELOPE = {
    "specversion",
    "id",
    "source",
    "type",
    "subject",
    "time",
    "dataschema",
    "datacontenttype",
    "correlationid",
    "tenantid",
    "data",
}
SENSITIVE = re.compile(r"email|phone|address|birth|card|iban|firstname|lastname|customername|ipaddress", re.IGNORECASE)

SCHEMAS = paths_of("jsonschema")
CANDIDATES = [
    folder / path
    for folder in [*candidates("breaking"), *candidates("additive")]
    for path in changed_files(folder)
    if path.name.endswith(".schema.json")
]
ENTRIES = [
    pytest.param(folder, entry, id=f"{short(folder)} {entry['name']} {entry['version']}")
    for step in STEPS
    for folder in services(step)
    for entry in manifest(folder).get("events", [])
    if entry.get("kind", "jsonschema") == "jsonschema"
]


def test_the_platform_has_its_twelve_events() -> None:
    """Exactly the events of the checkout."""
    assert {entry["name"] for folder in services() for entry in manifest(folder).get("events", [])} == EVENTS


@pytest.mark.parametrize("path", [*SCHEMAS, *CANDIDATES], ids=short)
def test_a_schema_is_valid(path: Path) -> None:
    """Every schema, of the history and of the candidates too, is JSON Schema 2020-12."""
    schema = read(path)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("path", SCHEMAS, ids=short)
def test_a_schema_describes_the_whole_envelope(path: Path) -> None:
    """Every attribute is required, and type, source and schema are those of exactly this major line."""
    schema = read(path)
    service = path.parents[1].name
    major = int(path.name.split(".")[1].removeprefix("v"))
    kind = EventType(service, schema["title"], major)
    assert set(schema["required"]) == set(schema["properties"]) == ENVELOPE
    consts = {name: schema["properties"][name]["const"] for name in ("specversion", "source", "type", "dataschema")}
    expected = {"specversion": "1.0", "source": f"/checkout/{service}", "type": kind.type, "dataschema": schema["$id"]}
    assert consts == expected
    assert schema["$id"] == kind.schema


@pytest.mark.parametrize("path", [*SCHEMAS, *CANDIDATES], ids=short)
def test_a_person_is_only_referred_to(path: Path) -> None:
    """What could tell who somebody is appears as a reference or a hash, never as itself."""
    for name in _property_names(read(path)):
        assert not SENSITIVE.search(name) or name.endswith(("Ref", "Hash", "Fingerprint")), name


@pytest.mark.parametrize(("folder", "entry"), ENTRIES)
def test_the_examples_are_what_the_schema_says(folder: Path, entry: dict[str, Any]) -> None:
    """An event has examples, and each is valid, its formats too."""
    validator = Draft202012Validator(read(folder / entry["path"]), format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert entry["examples"]
    for example in entry["examples"]:
        validator.validate(read(folder / example))


def test_every_example_belongs_to_an_event() -> None:
    """No example lies about that no manifest names."""
    named = {
        folder / path
        for step in STEPS
        for folder in services(step)
        for e in manifest(folder).get("events", [])
        for path in e["examples"]
    }
    lying = {path for pattern in ("*/events/examples/*", "history/*/*/events/examples/*") for path in PLATFORM.glob(pattern)}
    assert lying == named


def test_event_ids_are_unique() -> None:
    """The id is the idempotency key, so that no two different examples of the current tree share one."""
    ids = [read(path)["id"] for path in sorted(PLATFORM.glob("*/events/examples/*.json"))]
    assert len(ids) == len(set(ids))


def _property_names(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value.get("properties", {})
        for item in value.values():
            yield from _property_names(item)
    elif isinstance(value, list):
        for item in value:
            yield from _property_names(item)
