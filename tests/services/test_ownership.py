"""Entities, events and contracts have one owner; producers may be several."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

import pytest

from registry.domain.access import Actor, Permission, Scope
from registry.domain.errors import Forbidden, OwnedByOther, StateConflict
from registry.domain.records import ServiceRecord
from registry.services.ownership import transfer_contract, transfer_service
from registry.storage.database import Database
from registry.storage.store import Store
from tests.services.support import ADMIN, NOW, Registry, a_version, an_api, an_event, an_event_schema


def test_an_event_of_another_team_is_refused_with_its_owner(registry: Registry) -> None:
    """The error names who to talk to."""
    registry.release(an_event(), service="orders", team="ordering")
    with pytest.raises(OwnedByOther) as caught:
        registry.release(an_event(an_event_schema(x={}), "1.1.0"), service="cart", team="shopping")
    assert caught.value == OwnedByOther("event", "OrderPlaced", "ordering", "shopping")


def test_an_entity_has_one_system_of_record(registry: Registry) -> None:
    """A second service that claims an entity is told whose it is."""
    registry.publish(a_version(service="orders", team="ordering", entities=("Order",)))
    with pytest.raises(OwnedByOther) as caught:
        registry.publish(a_version(service="billing", team="billing", entities=("Order",)))
    assert caught.value.owner == "ordering (orders)"


def test_a_service_does_not_change_teams_by_publishing(registry: Registry) -> None:
    """Ownership is transferred by an audited act, not by an edit of the manifest."""
    registry.publish(a_version(service="orders", team="ordering"))
    with pytest.raises(OwnedByOther):
        registry.publish(a_version(service="orders", team="somebody-else", version="v2"))


def test_another_team_may_produce_an_event_as_its_owner_published_it(registry: Registry) -> None:
    """A second producer names the owner and takes the schema as it is; it claims no number."""
    registry.release(an_event(), service="orders", team="ordering")
    receipt = registry.publish(a_version(an_event(owner="ordering"), service="import", team="data"))
    assert receipt.service_versions[0].releases == ()
    with pytest.raises(OwnedByOther, match="revision"):
        registry.publish(a_version(an_event(an_event_schema(x={}), owner="ordering"), service="import", team="data", version="v2"))


def test_a_contract_keeps_its_kind(registry: Registry) -> None:
    """An event's name cannot become an API's."""
    registry.release(an_event(name="orders"))
    document = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}}
    with pytest.raises(StateConflict):
        registry.release(an_api(document, "1.0.0", name="orders"))


@pytest.mark.parametrize("scope", [Scope(Permission.READ), Scope(Permission.PUBLISH, "service:cart"), Scope(Permission.DEPLOY)])
def test_publishing_needs_the_scope_of_the_service(registry: Registry, scope: Scope) -> None:
    """A token for something else publishes nothing."""
    stranger = registry.acting_as(Actor("ci", frozenset({scope})))
    with pytest.raises(Forbidden) as caught:
        stranger.publish(a_version(an_event()))
    assert "publish:service:orders" in caught.value.needed_scope
    assert registry.count("services") == 0


@pytest.mark.parametrize("target", ["service:orders", "team:team-orders", ""])
def test_a_scope_for_the_service_or_its_team_is_enough(registry: Registry, target: str) -> None:
    """Publishing is scoped to a service, a team, or everything."""
    publisher = registry.acting_as(Actor("ci", frozenset({Scope(Permission.PUBLISH, target)})))
    assert publisher.publish(replace(a_version(an_event()), version="v9")).created


def test_a_contract_given_away_does_not_follow_its_former_service(postgresql_url: str) -> None:
    """A service is transferred while another transaction gives one of its contracts away: the contract stays given away.

    PostgreSQL lets both run at once; SQLite takes its writers one after the other.
    """
    registry = Registry(Database(postgresql_url))
    registry.publish(a_version(an_event(), service="orders", team="ordering"))
    registry.publish(a_version(service="cart", team="shopping"))

    def give_away(store: Store) -> Future[ServiceRecord]:
        transfer_contract(store, "OrderPlaced", team="shopping", service="cart", actor=ADMIN, now=NOW)
        transfer = pool.submit(registry.database.write, move_service)
        while not (transfer.done() or somebody_waits(registry)):
            pass
        return transfer

    def move_service(store: Store) -> ServiceRecord:
        return transfer_service(store, "orders", team="fulfilment", actor=ADMIN, now=NOW)

    with ThreadPoolExecutor(1) as pool:
        assert registry.database.write(give_away).result().team == "fulfilment"
    with registry.database.read() as store:
        given = store.contracts.by_name("OrderPlaced")
    registry.database.close()
    assert (given.team, given.service) == ("shopping", "cart")


def somebody_waits(registry: Registry) -> bool:
    with registry.database.engine.connect() as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM pg_locks WHERE NOT granted").scalar_one() > 0
