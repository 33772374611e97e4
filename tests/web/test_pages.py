"""What single pages show of the checkout platform."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from registry.domain.deployability import Decision
from registry.domain.verdict import Verdict
from registry.services.catalog.differences import difference
from registry.services.deployability.answer import can_i_deploy
from registry.storage.database import Database
from tests.web.html import Page, read_page
from tests.web.seed import CANDIDATE, LIMITS, NOW, commit
from web.links import finding_id


def look(browser: TestClient, address: str, status: int = 200) -> Page:
    """A page."""
    answer = browser.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    return read_page(answer.text)


def test_the_home_page_counts(browser: TestClient) -> None:
    """The first page says how many events, contracts, services and environments there are."""
    text = look(browser, "/").text
    assert all(part in text for part in ("12 events", "6 API contracts", "6 services", "2 environments"))


def test_events_tell_everybody(browser: TestClient) -> None:
    """The list of events has every event with all its producers and consumers."""
    page = look(browser, "/events")
    assert "StockReserved about Reservation team-inventory 1.0.0 inventory orders, payments inventory.stock-events" in page.text
    assert "1.2.0 ! deprecated sunset 2027-06-30" in page.text


def test_an_event_tells_its_story(browser: TestClient) -> None:
    """An event shows its version in the heading, owner, entity, channels, fields, examples, participants and history."""
    text = look(browser, "/events/OrderPlaced").text
    expected = (
        "OrderPlaced 2.0.0 ",
        "Owner team-ordering (orders)",
        "Entity Order",
        "orders.order-events.v2 readable for 14 days",
        "The event's identity and idempotency key",
        "order-placed.v2.json",
        "Still built against it: inventory.",
        "production staging",
        "1.2.0 → 2.0.0",
    )
    assert [part for part in expected if part not in text] == []


def test_an_old_version_can_be_looked_at(browser: TestClient) -> None:
    """Another version of an event shows its own fields, the deprecated ones with their sunset."""
    text = look(browser, "/events/OrderPlaced?version=1.2.0").text
    assert "OrderPlaced 1.2.0" in text
    assert "customerEmailHash string optional ! deprecated, sunset 2027-06-30" in text


def test_a_service_shows_its_pacts(browser: TestClient) -> None:
    """A service shows what it provides and consumes, where it runs, and how its pacts stand: verified, failed or never verified."""
    orders, cart = look(browser, "/services/orders").text, look(browser, "/services/cart").text
    assert "System of record of Order" in orders
    assert "✗ failed" in orders
    assert "? never verified" in orders
    assert "production" in orders
    assert "✓ verified" in cart


def test_a_release_shows_what_it_contains(browser: TestClient) -> None:
    """A contract version lists its operations or declarations, its files, and what changed since the one before."""
    api = look(browser, "/contracts/catalog-api/1.2.0").text
    assert "GET /products/{productId} Read one product. 200, 400, 404 80 ms" in api
    assert "Changes since 1.1.0" in api
    grpc = look(browser, "/contracts/catalog-pricing/2.0.0").text
    assert "service checkout.pricing.v2.PricingService" in grpc


def test_a_file_is_shown_as_it_is(browser: TestClient) -> None:
    """Every line of a file has its number and an address."""
    page = look(browser, "/contracts/catalog-api/1.1.0/files/catalog.v1.yaml")
    assert {"L1", "L2", "L100"} <= set(page.identifiers)
    assert "1openapi: 3.1.0" in page.text


def test_the_comparison_shows_every_finding(browser: TestClient, checkout: Database) -> None:
    """The page of a comparison shows each finding once, under an address of its own, with its message and its consumers."""
    with checkout.read() as store:
        found = difference(store, "OrderPlaced", "1.0.0", "2.0.0", now=NOW, limits=LIMITS)
    page = look(browser, "/contracts/OrderPlaced/diff?from=1.0.0&to=2.0.0")
    rows = (*found.comparison.changes, *found.comparison.undecided)
    assert [identifier for identifier in page.identifiers if identifier not in {"content", "files", "from", "to"}] == [
        finding_id(row) for row in rows
    ]
    assert all(row.message in page.text for row in rows)
    assert "✗ Breaks" in page.text
    assert {consumer.service for row in found.comparison.changes for consumer in row.consumers} == {"inventory"}
    assert "inventory" in page.text


@pytest.mark.parametrize(("service", "version"), [("inventory", CANDIDATE), ("orders", commit("orders"))])
def test_a_decision_shows_every_edge(browser: TestClient, checkout: Database, service: str, version: str) -> None:
    """The page of a decision has the verdict, every edge, what clears each that is not green, and the command to ask again."""
    with checkout.read() as store:
        decision = can_i_deploy(store, service, version, "production", now=NOW, limits=LIMITS)
    page = look(browser, f"/decisions?service={service}&version={version}&environment=production")
    assert counts(decision) == {
        verdict: int(page.text.partition(f"{word} ")[2].split(" ")[0]) if f" {word} " in page.text else 0
        for verdict, word in ((Verdict.NO, "Broken"), (Verdict.UNKNOWN, "Unknown"), (Verdict.YES, "Fine"))
    }
    actions = {action.team for edge in decision.edges for action in edge.actions}
    assert actions
    assert all(f"{team}:" in page.text for team in actions)
    assert f"interlock can-i-deploy --service {service} --version {version} --to production" in page.text


def counts(decision: Decision) -> dict[Verdict, int]:
    """How many edges have each verdict."""
    return {
        verdict: sum(edge.verdict is verdict for edge in decision.edges) for verdict in (Verdict.NO, Verdict.UNKNOWN, Verdict.YES)
    }


def test_a_decision_is_asked_step_by_step(browser: TestClient) -> None:
    """Without a service the form asks for one; with one it offers its versions."""
    assert "Choose a service" in look(browser, "/decisions").text
    links = look(browser, "/decisions?service=orders").links
    assert f"/decisions?service=orders&version={commit('orders')}&environment=production" in links


def test_environments_show_every_instance(browser: TestClient) -> None:
    """What runs where names every instance, and what is only supported."""
    text = look(browser, "/environments").text
    assert "eu since" in text
    assert "us since" in text
    assert "supported since" in text


def test_search_finds_by_description(browser: TestClient) -> None:
    """A word of a description leads to what it describes."""
    assert "/contracts/orders-api" in look(browser, "/search?q=follow+the+order").links
    assert "No contract and no service" in look(browser, "/search?q=unheard").text


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/events/Nothing", 404, "There is no contract 'Nothing'."),
        ("/events/orders-api", 404, "orders-api is a contract of kind openapi."),
        ("/services/nobody", 404, "There is no service 'nobody'."),
        ("/contracts/orders-api/9.0.0", 404, "There is no release of orders-api '9.0.0'."),
        ("/contracts/orders-api/newest", 400, "'newest' is not a semantic version."),
        ("/contracts/orders-api/1.0.0/files/nothing.yaml", 404, "nothing.yaml"),
        ("/contracts/orders-api/diff?from=a&to=b", 400, "is not a semantic version"),
        ("/decisions?service=orders&version=unpublished&environment=production", 404, "unpublished"),
        ("/decisions?service=orders&version=unpublished&environment=moon", 404, "unpublished"),
        ("/static/nothing.css", 404, "Reload the page"),
    ],
)
def test_errors_are_pages(browser: TestClient, address: str, status: int, words: str) -> None:
    """What is not there or cannot be read is said on a page, with what to do."""
    page = look(browser, address, status)
    assert words in page.text
    assert page.headings[0] == "h1"
