"""Lists of contracts and events: who is on them, and what they cost."""

from __future__ import annotations

from registry.domain.contract import ContractKind
from registry.domain.records import ReleaseState
from registry.domain.semver import Version
from registry.engines.documents.limits import Limits
from registry.services.catalog.contracts import contracts
from registry.services.catalog.events import events
from registry.services.catalog.values import ContractSummary
from registry.services.lifecycle import StateChange, change_state
from registry.storage.catalog import ContractFilter
from tests.catalog.support import a_message_pact, counted_statements, deploy, pinned, reading
from tests.services.support import ADMIN, NOW, Registry, a_version, an_api, an_event, an_event_schema

API = {"openapi": "3.1.0", "info": {"title": "Orders", "version": "1.0.0"}, "paths": {}}


def listed(registry: Registry, name: str = "OrderPlaced") -> ContractSummary:
    (row,) = [row for row in reading(registry, lambda store: events(store, registry.limits)) if row.contract.name == name]
    return row


def consuming(row: ContractSummary) -> list[tuple[str, str]]:
    return [(consumer.service, consumer.version) for consumer in row.consumers]


def test_everybody_is_listed(registry: Registry) -> None:
    """An event is listed with every service that produces or consumes it."""
    registry.publish(a_version(an_event()))
    readers = [f"reader-{number}" for number in range(7)]
    registry.publish(*(a_version(service=reader, consumes=(pinned(),)) for reader in readers))
    row = listed(registry)
    assert [producer.service for producer in row.producers] == ["orders"]
    assert [consumer.service for consumer in row.consumers] == readers


def test_deployed_versions_count(registry: Registry) -> None:
    """A version that still runs is a consumer, although the newest version of its service consumes nothing."""
    registry.publish(a_version(an_event()))
    registry.publish(a_version(service="cart", version="old", consumes=(pinned(),)))
    deploy(registry, "cart", "old")
    registry.publish(a_version(service="cart", version="new"))
    assert consuming(listed(registry)) == [("cart", "old")]


def test_former_consumers_are_gone(registry: Registry) -> None:
    """A service whose newest version consumes nothing, and whose older ones run nowhere, is no consumer."""
    registry.publish(a_version(an_event()))
    registry.publish(a_version(service="cart", version="old", consumes=(pinned(),)))
    registry.publish(a_version(service="cart", version="new"))
    assert consuming(listed(registry)) == []


def test_branches_do_not_hide_main(registry: Registry) -> None:
    """What a service consumes is what its main branch consumes, whatever was published from a branch since."""
    registry.publish(a_version(an_event()))
    registry.publish(a_version(service="cart", version="on-main", consumes=(pinned(),)))
    registry.publish(a_version(service="cart", version="on-branch", branch="experiment"))
    assert consuming(listed(registry)) == [("cart", "on-main")]


def test_branches_count_without_main(registry: Registry) -> None:
    """A service that has published from a branch only is listed with its newest version there."""
    registry.publish(a_version(an_event()))
    registry.publish(a_version(service="cart", version="first", branch="start", consumes=(pinned(),)))
    assert consuming(listed(registry)) == [("cart", "first")]


def test_pacts_tell_of_consumers(registry: Registry) -> None:
    """A consumer of which only a pact tells is listed with that event, and with no other of the same producer."""
    placed = an_event(an_event_schema(type={"const": "shop.OrderPlaced.v1"}, data={"type": "object"}))
    other = an_event(an_event_schema(type={"const": "shop.OrderPlacedAgain.v1"}), name="OrderPlacedAgain")
    registry.publish(a_version(placed, other))
    registry.publish(a_version(service="cart", version="c1", pacts=(a_message_pact("cart", "orders", "shop.OrderPlaced.v1"),)))
    (consumer,) = listed(registry).consumers
    assert (consumer.service, consumer.source) == ("cart", "pact")
    assert "OrderPlaced $.data.orderId" in (consumer.elements or ())
    assert listed(registry, "OrderPlacedAgain").consumers == ()


def test_major_lines(registry: Registry) -> None:
    """Of each major line the newest release that was not yanked is listed, the highest line first."""
    old, wider = an_event_schema(), an_event_schema(note={"type": "string"})
    registry.release(an_event(old, "1.0.0"))
    registry.release(an_event(wider, "1.1.0"))
    registry.release(an_event(an_event_schema(("id",), id={"type": "string"}), "2.0.0"))
    assert [str(line.version) for line in listed(registry).lines] == ["2.0.0", "1.1.0"]
    yanked = StateChange(ReleaseState.YANKED, "a mistake")
    registry.database.write(lambda store: change_state(store, "OrderPlaced", Version(1, 1, 0), yanked, actor=ADMIN, now=NOW))
    assert [str(line.version) for line in listed(registry).lines] == ["2.0.0", "1.0.0"]


def test_deprecation_is_listed(registry: Registry) -> None:
    """A deprecated release stays listed, with its state and its sunset."""
    registry.release(an_event())
    deprecated = StateChange(ReleaseState.DEPRECATED, "use version 2", NOW.replace(year=2027))
    registry.database.write(lambda store: change_state(store, "OrderPlaced", Version(1, 0, 0), deprecated, actor=ADMIN, now=NOW))
    (line,) = listed(registry).lines
    assert (line.state, line.sunset) == (ReleaseState.DEPRECATED, NOW.replace(year=2027))


def test_filters(registry: Registry) -> None:
    """Contracts are listed by service, by kind, and by whether they are events."""
    registry.publish(a_version(an_event(), an_api(API)))
    registry.publish(a_version(an_api(API, name="cart-api"), service="cart"))

    def names(**wanted: object) -> list[str]:
        rows = reading(registry, lambda store: contracts(store, ContractFilter(**wanted)))  # type: ignore[arg-type]
        return [row.contract.name for row in rows]

    assert sorted(names()) == ["OrderPlaced", "cart-api", "orders-api"]
    assert names(service="cart") == ["cart-api"]
    assert names(kind=ContractKind.JSONSCHEMA) == ["OrderPlaced"]
    assert names(events=False) == ["cart-api", "orders-api"]


def test_pages_cover_everything_once(registry: Registry) -> None:
    """Following `after` from page to page meets every contract exactly once."""
    registry.publish(a_version(*(an_event(name=f"Event{number:02}") for number in range(7))))
    seen: list[str] = []
    after: str | None = None
    while page := reading(registry, lambda store: contracts(store, ContractFilter(after=after, limit=3))):  # noqa: B023
        seen += [row.contract.name for row in page]
        after = seen[-1]
    assert seen == [f"Event{number:02}" for number in range(7)]


def test_lists_take_a_fixed_number_of_queries(registry: Registry) -> None:
    """Twenty more events, consumers and releases do not take one more query."""
    registry.publish(a_version(an_event(name="Event")))
    registry.publish(a_version(service="reader", consumes=(pinned("Event"),)))
    with counted_statements(registry.database) as few:
        reading(registry, lambda store: events(store, Limits()))
    registry.publish(a_version(*(an_event(name=f"Event{number}") for number in range(20)), version="v2"))
    registry.publish(*(a_version(service=f"reader-{number}", consumes=(pinned(f"Event{number}"),)) for number in range(20)))
    with counted_statements(registry.database) as many:
        assert len(reading(registry, lambda store: events(store, Limits()))) == 21
    assert len(many) == len(few)
