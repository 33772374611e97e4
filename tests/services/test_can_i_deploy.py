"""May this version go there: over pacts, events and stubs at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from registry.domain.deployability import Decision, EvidenceKind, JudgedEdge, Wire
from registry.domain.errors import NotFound
from registry.domain.publication import ConsumedContract, ProvidedContract
from registry.domain.semver import Version
from registry.domain.verdict import Verdict
from registry.services.deployability.answer import can_i_deploy
from registry.services.ownership import rename_contract
from registry.services.pact_usage import read_pact
from registry.storage.pacts import NewVerification
from registry.storage.store import Store
from tests.services.support import ADMIN, NOW, Registry, a_version, an_event, an_event_schema

TOTAL = {"total": {"type": "integer"}}
V1, V2 = Version(1, 0, 0), Version(2, 0, 0)


@pytest.fixture
def registry(registry: Registry) -> Registry:
    """A registry with a production environment."""
    registry.database.write(lambda store: store.environments.add("production", production=True, description="", now=NOW))
    return registry


def deploy(registry: Registry, service: str, version: str, *, instance: str = "", at: datetime = NOW) -> None:
    def work(store: Store) -> None:
        found = store.services.version(store.services.by_name(service), version)
        store.environments.deploy(store.environments.by_name("production"), found, instance, "ana", at)

    registry.database.write(work)


def ask(registry: Registry, service: str, version: str, *, at: datetime = NOW) -> Decision:
    with registry.database.read() as store:
        return can_i_deploy(store, service, version, "production", now=at, limits=registry.limits)


def only_edge(decision: Decision) -> JudgedEdge:
    (edge,) = decision.edges
    return edge


def a_pact(consumer: str = "cart", provider: str = "orders", status: int = 200) -> dict[str, Any]:
    return {
        "consumer": {"name": consumer},
        "provider": {"name": provider},
        "interactions": [
            {
                "description": "a request for an order",
                "request": {"method": "GET", "path": "/orders/7"},
                "response": {"status": status, "headers": {"Content-Type": "application/json"}, "body": {"id": "7"}},
            }
        ],
        "metadata": {"pactSpecification": {"version": "3.0.0"}},
    }


def verify(registry: Registry, pact: dict[str, Any], provider: str, version: str, *, success: bool) -> None:
    import json

    content = read_pact("pact.json", json.dumps(pact).encode(), registry.limits).content

    def work(store: Store) -> None:
        found = store.services.version(store.services.by_name(provider), version)
        results = [{"description": "a request for an order", "success": success, "problem": "" if success else "status 404"}]
        store.pacts.verify(NewVerification(content, found, success, results, "pact-python", NOW, "ana"))

    registry.database.write(work)


def a_reader(*uses: str, version: Version | None = V1, event: str = "OrderPlaced") -> ConsumedContract:
    return ConsumedContract(event, version, uses=uses)


def test_nothing_to_check_is_a_yes_that_says_so(registry: Registry) -> None:
    """A service that nobody needs and that needs nobody may go."""
    registry.publish(a_version(service="lonely"))
    decision = ask(registry, "lonely", "v1")
    assert decision.verdict is Verdict.YES
    assert "Nothing to check" in decision.summary


@pytest.mark.parametrize(("service", "version"), [("nobody", "v1"), ("orders", "never-published")])
def test_what_was_never_published_is_an_error(registry: Registry, service: str, version: str) -> None:
    """An unknown service or version is no verdict: it is a mistake in the question."""
    registry.publish(a_version(an_event()))
    with pytest.raises(NotFound):
        ask(registry, service, version)


def test_an_absent_provider_is_unknown(registry: Registry) -> None:
    """The pact's provider is not there: nobody can tell."""
    registry.publish(a_version(service="cart", pacts=(a_pact(),)))
    edge = only_edge(ask(registry, "cart", "v1"))
    assert (edge.verdict, edge.edge.provider.version) == (Verdict.UNKNOWN, None)


def test_an_absent_consumer_is_no_edge(registry: Registry) -> None:
    """A pact of a consumer that runs nowhere holds nobody up."""
    registry.publish(a_version(service="cart", pacts=(a_pact(),)))
    registry.publish(a_version(service="orders"))
    assert ask(registry, "orders", "v1").edges == ()


@pytest.mark.parametrize(("success", "verdict"), [(True, Verdict.YES), (False, Verdict.NO), (None, Verdict.UNKNOWN)])
def test_a_pact_is_worth_its_verification(registry: Registry, success: bool | None, verdict: Verdict) -> None:
    """Verified: yes. Failed: no, with the interaction. Not verified: unknown."""
    registry.publish(a_version(service="cart", pacts=(a_pact(),)))
    registry.publish(a_version(service="orders"))
    deploy(registry, "orders", "v1")
    if success is not None:
        verify(registry, a_pact(), "orders", "v1", success=success)
    edge = only_edge(ask(registry, "cart", "v1"))
    assert (edge.edge.wire, edge.verdict) == (Wire.HTTP, verdict)
    if verdict is Verdict.NO:
        assert "a request for an order: status 404" in edge.reason


def test_every_instance_of_a_provider_counts(registry: Registry) -> None:
    """Blue fulfils the pact and green was never verified: unknown."""
    registry.publish(a_version(service="cart", pacts=(a_pact(),)))
    for version in ("v1", "v2"):
        registry.publish(a_version(service="orders", version=version))
    deploy(registry, "orders", "v1", instance="blue")
    deploy(registry, "orders", "v2", instance="green")
    verify(registry, a_pact(), "orders", "v1", success=True)
    verdicts = {edge.edge.provider.instance: edge.verdict for edge in ask(registry, "cart", "v1").edges}
    assert verdicts == {"blue": Verdict.YES, "green": Verdict.UNKNOWN}


def test_equal_pact_content_inherits_its_verification(registry: Registry) -> None:
    """A new consumer version with the same pact need not be verified again."""
    registry.publish(a_version(service="cart", version="v1", pacts=(a_pact(),)))
    registry.publish(a_version(service="orders"))
    deploy(registry, "orders", "v1")
    verify(registry, a_pact(), "orders", "v1", success=True)
    registry.publish(a_version(service="cart", version="v2", pacts=({**a_pact(), "metadata": {"pact-python": {"version": "9"}}},)))
    assert ask(registry, "cart", "v2").verdict is Verdict.YES


def test_the_newest_verification_counts(registry: Registry) -> None:
    """A provider version that was fixed outside and verified again is judged by the last run."""
    registry.publish(a_version(service="cart", pacts=(a_pact(),)))
    registry.publish(a_version(service="orders"))
    deploy(registry, "cart", "v1")
    verify(registry, a_pact(), "orders", "v1", success=False)
    verify(registry, a_pact(), "orders", "v1", success=True)
    assert ask(registry, "orders", "v1").verdict is Verdict.YES


def publish_event(registry: Registry, schema: dict[str, Any], number: str, version: str, **facts: Any) -> None:
    provided: ProvidedContract = an_event(schema, number, **facts)
    registry.publish(a_version(provided, service="orders", version=version))


def test_an_event_consumer_must_read_what_the_producer_writes(registry: Registry) -> None:
    """A reader built for 2.x does not read a producer that is still at 1.x."""
    publish_event(registry, an_event_schema(), "1.0.0", "v1")
    publish_event(registry, an_event_schema(("orderId", "total"), **TOTAL), "2.0.0", "v2")
    registry.publish(a_version(service="cart", version="c1", consumes=(a_reader(),)))
    registry.publish(a_version(service="cart", version="c2", consumes=(a_reader(version=V2),)))
    deploy(registry, "orders", "v1")
    assert ask(registry, "cart", "c1").verdict is Verdict.YES
    edge = only_edge(ask(registry, "cart", "c2"))
    assert (edge.edge.wire, edge.verdict) == (Wire.EVENT, Verdict.NO)


def test_a_producer_must_write_what_its_consumers_read(registry: Registry) -> None:
    """Dropping a property that a deployed consumer declares is a no, whatever the version number says."""
    publish_event(registry, an_event_schema(**TOTAL), "1.0.0", "v1")
    registry.publish(a_version(service="cart", version="c1", consumes=(a_reader("OrderPlaced $.total"),)))
    registry.publish(a_version(an_event(an_event_schema(), None), service="orders", version="dropped", branch="feature"))
    deploy(registry, "cart", "c1")
    edge = only_edge(ask(registry, "orders", "dropped"))
    assert edge.verdict is Verdict.NO
    assert "OrderPlaced $.total" in edge.reason
    assert {action.team for action in edge.actions} == {"team-orders", "team-cart"}
    assert ask(registry, "orders", "v1").verdict is Verdict.YES


@pytest.mark.parametrize(("dropped", "verdict"), [(False, Verdict.YES), (True, Verdict.NO)])
def test_what_was_declared_under_a_former_name_still_counts(registry: Registry, dropped: bool, verdict: Verdict) -> None:
    """An event is renamed: its consumers, published before, use the same properties as ever."""
    publish_event(registry, an_event_schema(**TOTAL), "1.0.0", "v1")
    registry.publish(a_version(service="cart", version="c1", consumes=(a_reader("OrderPlaced $.total"),)))
    deploy(registry, "cart", "c1")
    registry.database.write(lambda store: rename_contract(store, "OrderPlaced", "OrderAccepted", actor=ADMIN, now=NOW))
    schema = an_event_schema() if dropped else an_event_schema(**TOTAL)
    registry.publish(a_version(an_event(schema, None), service="orders", version="v2", branch="feature"))
    edge = only_edge(ask(registry, "orders", "v2"))
    assert edge.verdict is verdict
    assert ("OrderAccepted $.total" in edge.reason) is dropped


def test_a_producer_that_drops_a_major_line_breaks_its_readers(registry: Registry) -> None:
    """The new major stands beside the old one, and the old one must stay while it is read."""
    publish_event(registry, an_event_schema(), "1.0.0", "v1")
    publish_event(registry, an_event_schema(**TOTAL), "2.0.0", "v2")
    registry.publish(a_version(service="cart", version="c1", consumes=(a_reader(),)))
    deploy(registry, "cart", "c1")
    edge = only_edge(ask(registry, "orders", "v2"))
    assert (edge.verdict, edge.edge.evidence.kind) == (Verdict.NO, EvidenceKind.COMPARISON)
    both = a_version(an_event(an_event_schema()), an_event(an_event_schema(**TOTAL), "2.0.0"), service="orders", version="both")
    registry.publish(both)
    assert ask(registry, "orders", "both").verdict is Verdict.YES


def test_messages_of_a_producer_that_is_gone_count_within_the_retention(registry: Registry) -> None:
    """Consumers replay: what an undeployed producer wrote is read until the channel forgets it."""
    week = 7 * 86_400
    publish_event(registry, an_event_schema(), "0.1.0", "old", retention_seconds=week)
    publish_event(registry, an_event_schema(("orderId", "total"), **TOTAL), "0.2.0", "new", retention_seconds=week)
    registry.publish(a_version(service="cart", version="c2", consumes=(a_reader(version=Version(0, 2, 0)),)))
    deploy(registry, "orders", "old", at=NOW - timedelta(days=30))
    deploy(registry, "orders", "new", at=NOW)
    replayed = ask(registry, "cart", "c2", at=NOW + timedelta(days=6))
    assert [(edge.verdict, edge.edge.provider.still_readable) for edge in replayed.edges] == [
        (Verdict.NO, True),
        (Verdict.YES, False),
    ]
    assert ask(registry, "cart", "c2", at=NOW + timedelta(days=8)).verdict is Verdict.YES


def test_a_channel_without_retention_is_read_for_ever(registry: Registry) -> None:
    """No retention means that messages stay: an old producer counts after years."""
    publish_event(registry, an_event_schema(), "0.1.0", "old")
    publish_event(registry, an_event_schema(("orderId", "total"), **TOTAL), "0.2.0", "new")
    registry.publish(a_version(service="cart", version="c2", consumes=(a_reader(version=Version(0, 2, 0)),)))
    deploy(registry, "orders", "old", at=NOW - timedelta(days=900))
    deploy(registry, "orders", "new", at=NOW - timedelta(days=800))
    assert ask(registry, "cart", "c2").verdict is Verdict.NO


def test_a_service_must_read_what_its_replaced_version_wrote(registry: Registry) -> None:
    """A service that reads its own events finds those of the version before it on the channel."""
    publish_event(registry, an_event_schema(), "0.1.0", "old")
    deploy(registry, "orders", "old")
    provided = an_event(an_event_schema(("orderId", "total"), **TOTAL), "0.2.0")
    registry.publish(a_version(provided, service="orders", version="new", consumes=(a_reader(version=Version(0, 2, 0)),)))
    edges = ask(registry, "orders", "new").edges
    assert [(edge.verdict, edge.edge.provider.version, edge.edge.provider.still_readable) for edge in edges] == [
        (Verdict.NO, "old", True),
        (Verdict.YES, "new", False),
    ]


def test_an_event_without_a_producer_is_unknown(registry: Registry) -> None:
    """The consumer's event is published, and nobody who writes it runs here."""
    publish_event(registry, an_event_schema(), "1.0.0", "v1")
    registry.publish(a_version(service="cart", version="c1", consumes=(a_reader(),)))
    edge = only_edge(ask(registry, "cart", "c1"))
    assert (edge.verdict, edge.edge.provider.version) == (Verdict.UNKNOWN, None)


def test_failed_beats_unknown(registry: Registry) -> None:
    """One edge failed and another was never checked: the answer is no, and both are shown."""
    publish_event(registry, an_event_schema(**TOTAL), "1.0.0", "v1")
    registry.publish(a_version(service="cart", version="c1", consumes=(a_reader("OrderPlaced $.total"),), pacts=(a_pact(),)))
    registry.publish(a_version(an_event(an_event_schema(), None), service="orders", version="bad", branch="feature"))
    deploy(registry, "cart", "c1")
    decision = ask(registry, "orders", "bad")
    assert decision.verdict is Verdict.NO
    assert [edge.verdict for edge in decision.edges] == [Verdict.NO, Verdict.UNKNOWN]
