"""Pacts that the real consumer library writes are read for what they say, whatever version it writes."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import pytest
from pact import Pact as PactBuilder
from pact import match

from registry.engines.pacts.contents import content_identity
from registry.engines.pacts.pact import HttpExchange, Pact, ProviderState
from registry.engines.pacts.parsing import parse
from registry.engines.pacts.usage import HttpUse, MessageUse, usage

Version = Literal["V1", "V2", "V3", "V4"]


def written(pact: PactBuilder, folder: Path) -> Pact:
    """The pact as its file has it."""
    pact.write_file(folder, overwrite=True)
    (file,) = folder.glob("*.json")
    return parse(file.name, file.read_bytes())


def http_pact(version: Version) -> PactBuilder:
    pact = PactBuilder("storefront", "cart").with_specification(version)
    (
        pact.upon_receiving("a line is added")
        .given("the cart c-1 exists")
        .with_request("POST", match.regex("/carts/c-1/lines", regex=r"/carts/[a-z0-9-]+/lines"))
        .with_header("Tenant-Id", match.string("shop"))
        .with_query_parameter("expand", "prices")
        .with_query_parameter("expand", "stock")
        .with_query_parameter("limit", match.int(10))
        .with_body({"sku": "mug", "quantity": match.int(2)})
        .will_respond_with(201)
        .with_header("ETag", match.regex("abc", regex="[a-z]+"))
        .with_body(
            {"id": "c-1", "lines": match.each_like({"sku": match.string("mug"), "price": {"amount": match.decimal(1.5)}}, min=1)}
        )
    )
    return pact


@pytest.mark.parametrize("version", ["V1", "V2", "V3", "V4"])
def test_http(version: Version, tmp_path: Path) -> None:
    """The use of an HTTP interaction is the same in each version of the file."""
    assert usage(written(http_pact(version), tmp_path)) == (
        HttpUse(
            description="a line is added",
            method="POST",
            path="/carts/c-1/lines",
            query=("expand", "limit"),
            request_headers=("Content-Type", "Tenant-Id"),
            request_fields=("$", "$.quantity", "$.sku"),
            status=201,
            response_headers=("Content-Type", "ETag"),
            response_fields=(*("$", "$.id", "$.lines", "$.lines[]", "$.lines[].price", "$.lines[].price.amount", "$.lines[].sku"),),
        ),
    )


@pytest.mark.parametrize("version", ["V1", "V2", "V3", "V4"])
def test_what_stands_around_the_bodies(version: Version, tmp_path: Path) -> None:
    """Names, version, states, values and the kinds of the matching rules are read from each version of the file."""
    pact = written(http_pact(version), tmp_path)
    (interaction,) = pact.interactions
    assert (pact.consumer, pact.provider, pact.specification) == ("storefront", "cart", (int(version[1]), 0))
    assert interaction.states == (ProviderState("the cart c-1 exists", {}),)
    assert isinstance(interaction.exchange, HttpExchange)
    request, response = interaction.exchange.request, interaction.exchange.response
    assert dict(request.query) == {"expand": ("prices", "stock"), "limit": ("10",)}
    assert dict(request.headers)["Tenant-Id"] == ("shop",)
    assert {(rule.category, rule.matchers[0].kind) for rule in request.rules} == {
        ("path", "regex"),
        ("header", "type"),
        ("query", "integer"),
        ("body", "integer"),
    }
    assert {rule.expression for rule in response.rules if rule.category == "body"} == {
        *("$.lines", "$.lines[*].sku", "$.lines[*].price.amount"),
    }


def message_pact(version: Version) -> PactBuilder:
    pact = PactBuilder("inventory", "orders").with_specification(version)
    event: dict[str, Any] = {
        "specversion": "1.0",
        "type": "OrderPlaced",
        "dataschema": "urn:orders:order-placed:1",
        "data": {"orderId": match.string("o-1"), "lines": match.each_like({"sku": "mug", "quantity": match.int(1)})},
    }
    (
        pact.upon_receiving("an order was placed", "Async")
        .given("an order")
        .with_body(event, content_type="application/cloudevents+json")
        .with_metadata({"topic": "orders"})
    )
    return pact


@pytest.mark.parametrize("version", ["V3", "V4"])
def test_messages(version: Version, tmp_path: Path) -> None:
    """The use of a message names its event, its schema and the fields that the consumer reads, in each version of the file."""
    (use,) = usage(written(message_pact(version), tmp_path))
    assert isinstance(use, MessageUse)
    assert (use.description, use.role, use.event_type, use.dataschema, use.enveloped) == (
        *("an order was placed", "read", "OrderPlaced", "urn:orders:order-placed:1", True),
    )
    assert use.metadata["topic"] == "orders"
    assert set(use.fields) >= {
        "$.type",
        "$.data",
        "$.data.orderId",
        "$.data.lines",
        "$.data.lines[].sku",
        "$.data.lines[].quantity",
    }


def test_free_names(tmp_path: Path) -> None:
    """An object whose names are matched by a rule has members, not fields."""
    pact = PactBuilder("storefront", "cart").with_specification("V4")
    prices = match.each_key_matches({"mug": {"amount": 1}}, rules=match.regex("mug", regex="[a-z]+"))
    pact.upon_receiving("prices").with_request("GET", "/prices").will_respond_with(200).with_body({"bySku": prices})
    (use,) = usage(written(pact, tmp_path))
    assert isinstance(use, HttpUse)
    assert use.response_fields == ("$", "$.bySku", "$.bySku{}", "$.bySku{}.amount")


def test_written_twice(tmp_path: Path) -> None:
    """The same expectations, written again, have the same identity."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert content_identity(written(http_pact("V4"), tmp_path / "a")) == content_identity(written(http_pact("V4"), tmp_path / "b"))
