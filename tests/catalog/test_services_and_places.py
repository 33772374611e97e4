"""Services, what runs where, and the registry at a glance."""

from __future__ import annotations

import pytest

from registry.domain.contract import Source
from registry.domain.errors import NotFound
from registry.domain.publication import ConsumedContract
from registry.domain.records import ReleaseState
from registry.domain.semver import Version
from registry.services.catalog.environments import running
from registry.services.catalog.overview import overview
from registry.services.catalog.search import Found, search
from registry.services.catalog.services import service, services
from registry.services.lifecycle import StateChange, change_state
from registry.services.verifications import PactResult, VerificationReport, record_verifications
from registry.storage.store import Store
from tests.catalog.support import a_message_pact, counted_statements, deploy, pinned, reading
from tests.services.support import ADMIN, NOW, Registry, a_version, an_event, an_event_schema


def test_a_service_shows_its_newest_version_on_main(registry: Registry) -> None:
    """What a service provides and consumes is that of its newest version on the main branch; all versions are listed."""
    registry.publish(a_version(an_event(), entities=("Order",), version="o1"))
    registry.publish(a_version(service="cart", version="c1", consumes=(pinned(),)))
    registry.publish(a_version(service="cart", version="c2", branch="experiment"))
    orders = reading(registry, lambda store: service(store, "orders"))
    cart = reading(registry, lambda store: service(store, "cart"))
    assert orders.entities == ("Order",)
    assert [(offer.contract.name, str(offer.version), offer.channel) for offer in orders.provides] == [
        ("OrderPlaced", "1.0.0", "orders.events")
    ]
    assert [(offer.contract.name, str(offer.version)) for offer in cart.consumes] == [("OrderPlaced", "1.0.0")]
    assert cart.newest.version == "c1"
    assert [version.version for version in cart.versions] == ["c2", "c1"]


def test_an_own_reader_is_told(registry: Registry) -> None:
    """A consumer that reads by a schema of its own has no contract version, and it is said."""
    registry.publish(a_version(an_event()))
    reader = Source({"reader.schema.json": an_event().source.files["event.schema.json"] + b"\n"}, "reader.schema.json")
    registry.publish(a_version(service="cart", consumes=(ConsumedContract("OrderPlaced", reader=reader),)))
    (offer,) = reading(registry, lambda store: service(store, "cart")).consumes
    assert (offer.own_reader, offer.version) == (True, None)


def test_an_unknown_service_is_not_found(registry: Registry) -> None:
    """A service that published nothing is not found."""
    with pytest.raises(NotFound):
        reading(registry, lambda store: service(store, "nobody"))


def test_pacts_show_the_newest_result_of_each_version(registry: Registry) -> None:
    """A pact that failed and then held with one provider version shows that it holds; both sides see the same."""
    registry.publish(a_version(an_event(), version="o1"))
    pact = a_message_pact("cart", "orders", "OrderPlaced")
    registry.publish(a_version(service="cart", version="c1", pacts=(pact,)))
    (unverified,) = reading(registry, lambda store: service(store, "orders")).pacts_as_provider
    assert unverified.verifications == ()
    content = unverified.publication.pact.content
    for success in (False, True):
        report = VerificationReport("orders", "o1", "verifier", (PactResult(content, success),))
        registry.database.write(lambda store: record_verifications(store, report, actor=ADMIN, now=NOW))  # noqa: B023
    (provided,) = reading(registry, lambda store: service(store, "orders")).pacts_as_provider
    (expected,) = reading(registry, lambda store: service(store, "cart")).pacts_as_consumer
    assert provided == expected
    assert [(row.provider_version, row.success) for row in provided.verifications] == [("o1", True)]


def test_services_are_listed_with_what_they_do(registry: Registry) -> None:
    """The list of services tells entities, contracts and where each runs."""
    registry.publish(a_version(an_event(), entities=("Order",), version="o1"))
    registry.publish(a_version(service="cart", version="c1", consumes=(pinned(),)))
    deploy(registry, "orders", "o1")
    cart, orders = reading(registry, services)
    assert (orders.entities, orders.provides, orders.consumes) == (("Order",), ("OrderPlaced",), ())
    assert [row.environment for row in orders.running] == ["production"]
    assert (cart.provides, cart.consumes, cart.running) == ((), ("OrderPlaced",), ())


def test_the_list_of_services_takes_a_fixed_number_of_queries(registry: Registry) -> None:
    """Twenty more services do not take one more query."""

    def publish(first: int, last: int) -> None:
        registry.publish(*(a_version(an_event(name=f"E{n}"), service=f"s{n}", entities=(f"T{n}",)) for n in range(first, last)))
        for number in range(first, last):
            deploy(registry, f"s{number}", "v1")

    publish(0, 1)
    with counted_statements(registry.database) as few:
        reading(registry, services)
    publish(1, 21)
    with counted_statements(registry.database) as many:
        assert len(reading(registry, services)) == 21
    assert len(many) == len(few)


def test_everything_that_runs_is_in_one_cell(registry: Registry) -> None:
    """Each service has a cell for each environment; a service that runs nowhere has empty ones."""
    registry.publish(a_version(version="o1"), a_version(service="cart", version="c1"))
    registry.database.write(lambda store: store.environments.add("staging", production=False, description="", now=NOW))
    deploy(registry, "orders", "o1")
    found = reading(registry, running)
    assert [environment.name for environment in found.environments] == ["production", "staging"]
    cells = {
        row.name: [[deployment.service_version.version for deployment in cell] for cell in places] for row, places in found.rows
    }
    assert cells == {"cart": [[], []], "orders": [["o1"], []]}


def test_the_overview_counts(registry: Registry) -> None:
    """The overview counts what is there and shows the newest release first and the deprecated ones by their end."""
    registry.release(an_event(version="1.0.0"))
    registry.release(an_event(an_event_schema(("id",), id={}), "2.0.0"))

    def deprecate(store: Store) -> None:
        for version, sunset in ((Version(1, 0, 0), None), (Version(2, 0, 0), NOW.replace(year=2027))):
            change_state(store, "OrderPlaced", version, StateChange(ReleaseState.DEPRECATED, "old", sunset), actor=ADMIN, now=NOW)

    registry.database.write(deprecate)
    found = reading(registry, overview)
    assert (found.services, found.events, found.contracts, found.environments) == (1, 1, 0, 1)
    assert [str(release.version) for _, release in found.newest] == ["2.0.0", "1.0.0"]
    assert [str(release.version) for _, release in found.deprecated] == ["2.0.0", "1.0.0"]


@pytest.mark.parametrize("query", ["orderplaced", "ORDER placed", "team-orders placed"])
def test_search_holds_every_word_in_any_case(registry: Registry, query: str) -> None:
    """A contract is found by every word of the query, in any case, in its name or its owner."""
    registry.publish(a_version(an_event(), an_event(name="CartUpdated")))
    found = reading(registry, lambda store: search(store, query))
    assert [contract.name for contract in found.contracts] == ["OrderPlaced"]


def test_search_for_nothing_finds_nothing(registry: Registry) -> None:
    """An empty query is no query for everything."""
    registry.publish(a_version(an_event()))
    assert reading(registry, lambda store: search(store, "  ")) == Found()
    assert [row.name for row in reading(registry, lambda store: search(store, "orders")).services] == ["orders"]
