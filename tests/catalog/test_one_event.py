"""One event or contract, and one of its releases."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from registry.domain.contract import Source
from registry.domain.errors import BadVersion, NotFound
from registry.domain.publication import ProvidedContract
from registry.domain.records import ReleaseState
from registry.domain.semver import Version
from registry.services.catalog.contracts import changelog, contract, contract_version
from registry.services.catalog.events import event
from registry.services.catalog.files import release_file
from registry.services.catalog.values import EventDetail
from registry.services.lifecycle import StateChange, change_state, purge_blob
from registry.services.ownership import rename_contract
from registry.services.waivers import add_waiver
from tests.catalog.support import deploy, pinned, reading
from tests.services.support import ADMIN, NOW, Registry, a_version, a_waiver, an_api, an_event, an_event_schema

API = {"openapi": "3.1.0", "info": {"title": "Orders", "version": "1.0.0"}, "paths": {}}
EXAMPLE = b'{ "orderId": "7" }'


def with_example(provided: ProvidedContract) -> ProvidedContract:
    source = Source({**provided.source.files, "example.json": EXAMPLE}, provided.source.entry)
    return replace(provided, source=source, examples=("example.json",))


def seen(registry: Registry, name: str = "OrderPlaced", version: str | None = None) -> EventDetail:
    return reading(registry, lambda store: event(store, name, registry.limits, version))


def test_the_highest_standing_release_is_shown(registry: Registry) -> None:
    """An event shows its highest release that was not yanked, or the one asked for."""
    registry.release(an_event(version="1.0.0"))
    registry.release(an_event(an_event_schema(("id",), id={}), "2.0.0"))
    assert str(seen(registry).shown.release.version) == "2.0.0"
    assert str(seen(registry, version="1.0.0").shown.release.version) == "1.0.0"
    yanked = StateChange(ReleaseState.YANKED, "a mistake")
    registry.database.write(lambda store: change_state(store, "OrderPlaced", Version(2, 0, 0), yanked, actor=ADMIN, now=NOW))
    assert str(seen(registry).shown.release.version) == "1.0.0"


def test_an_event_without_release_is_shown(registry: Registry) -> None:
    """An event that was published from a branch only has producers and no release."""
    registry.publish(a_version(an_event(), branch="draft"))
    found = seen(registry)
    assert found.shown is None
    assert [producer.contract_version for producer in found.detail.producers] == [Version(1, 0, 0)]


def test_what_is_no_event_is_not_found(registry: Registry) -> None:
    """An API is not found among the events, and a version that is no number is named as such."""
    registry.publish(a_version(an_api(API), an_event()))
    with pytest.raises(NotFound):
        seen(registry, "orders-api")
    with pytest.raises(NotFound):
        seen(registry, version="9.9.9")
    with pytest.raises(BadVersion):
        seen(registry, version="newest")


def test_former_names_lead_on(registry: Registry) -> None:
    """A contract is found under its former name and tells both names."""
    registry.publish(a_version(an_event()))
    registry.database.write(lambda store: rename_contract(store, "OrderPlaced", "OrderAccepted", actor=ADMIN, now=NOW))
    found = seen(registry, "OrderPlaced").detail
    assert (found.contract.name, found.aliases) == ("OrderAccepted", ("OrderPlaced",))


def test_participants_tell_version_and_place(registry: Registry) -> None:
    """Producers and consumers come with the service version, the contract version, and the environments."""
    registry.publish(a_version(an_event(retention_seconds=60), version="o1"))
    registry.publish(a_version(service="cart", version="c1", consumes=(pinned("OrderPlaced", "OrderPlaced $.orderId"),)))
    deploy(registry, "cart", "c1")
    detail = seen(registry).detail
    (producer,), (consumer,) = detail.producers, detail.consumers
    assert (producer.service, producer.version, producer.environments) == ("orders", "o1", ())
    assert (producer.channel, producer.retention_seconds) == ("orders.events", 60)
    assert (consumer.service, consumer.version, consumer.environments) == ("cart", "c1", ("production",))
    assert (consumer.contract_version, consumer.elements) == (Version(1, 0, 0), ("OrderPlaced $.orderId",))


def test_undeclared_numbers_are_found(registry: Registry) -> None:
    """A producer that declares no number provides the release that its revision became."""
    registry.publish(a_version(an_event(version=None)))
    assert seen(registry).detail.producers[0].contract_version == Version(1, 0, 0)


def test_a_release_holds_exact_bytes(registry: Registry) -> None:
    """The files and examples of a release are byte for byte what was published."""
    provided = with_example(an_event())
    registry.release(provided)
    shown = reading(registry, lambda store: contract_version(store, "OrderPlaced", "1.0.0", registry.limits))
    assert {path for path, _, _ in shown.files} == set(provided.source.files)
    assert shown.examples == {"example.json": EXAMPLE}
    assert shown.document == provided.source.files["event.schema.json"]
    file = reading(registry, lambda store: release_file(store, "OrderPlaced", "1.0.0", "example.json"))
    assert file.data == EXAMPLE
    with pytest.raises(NotFound):
        reading(registry, lambda store: release_file(store, "OrderPlaced", "1.0.0", "../secret"))


def test_purged_bytes_leave_the_rest(registry: Registry) -> None:
    """After its bytes were purged a release still tells its number, its files and who uses it, and no contents."""
    registry.release(with_example(an_event()))
    before = seen(registry).shown
    blob = next(digest for path, digest, _ in before.files if path == "event.schema.json")
    registry.database.write(lambda store: purge_blob(store, blob, "a court order", actor=ADMIN, now=NOW))
    after = seen(registry).shown
    assert (after.contents, after.document, after.examples) == (None, None, {})
    assert after.files == before.files


def test_the_change_log_is_newest_first(registry: Registry) -> None:
    """Each release keeps its classified changes since the one before it in its major line."""
    registry.release(an_event(version="1.0.0"))
    registry.release(an_event(an_event_schema(note={"type": "string"}), "1.1.0"))
    newest, first = reading(registry, lambda store: changelog(store, "OrderPlaced"))
    assert (str(newest.version), newest.baseline) == ("1.1.0", "1.0.0")
    assert [change.rule for change in newest.comparison.changes] == ["property-added"]
    assert (str(first.version), first.baseline, first.comparison.changes) == ("1.0.0", "", ())


def test_contracts_of_each_kind_list_their_parts(registry: Registry) -> None:
    """An API lists its operations, a Protobuf contract its declarations, an event its fields."""
    operation = {"get": {"summary": "Read them.", "responses": {"200": {"description": "All."}}}}
    api = an_api({**API, "paths": {"/orders": operation}})
    proto = replace(
        an_api({}, name="orders-grpc"),
        kind=api.kind.PROTOBUF,
        source=Source({"orders.proto": b'syntax = "proto3";\npackage shop;\nmessage Order { string id = 1; }\n'}, ""),
    )
    registry.publish(a_version(api, proto, an_event()))

    def contents(name: str) -> object:
        return reading(registry, lambda store: contract_version(store, name, "1.0.0", registry.limits)).contents

    assert [row.element for row in contents("orders-api").operations] == ["GET /orders"]
    assert [row.about.full_name for row in contents("orders-grpc").declarations.messages] == ["shop.Order"]
    assert [row.path for row in contents("OrderPlaced").fields] == ["$.orderId"]


def test_pacts_with_an_old_major_are_understood(registry: Registry) -> None:
    """A pact over paths that only the first major version has tells what its consumer uses, although a second one stands."""
    answer = {"get": {"responses": {"200": {"description": "One."}}}}
    registry.release(an_api({**API, "paths": {"/orders/{id}": answer}}))
    second = {**API, "info": {"title": "Orders", "version": "2.0.0"}, "paths": {"/v2/orders/{id}": answer}}
    registry.release(an_api(second, "2.0.0"))
    exchange = {"request": {"method": "GET", "path": "/orders/7"}, "response": {"status": 200}}
    pact = {
        "consumer": {"name": "cart"},
        "provider": {"name": "orders"},
        "interactions": [{"description": "an order", **exchange}],
        "metadata": {"pactSpecification": {"version": "2.0.0"}},
    }
    registry.publish(a_version(service="cart", version="c1", pacts=(pact,)))
    (consumer,) = reading(registry, lambda store: contract(store, "orders-api", registry.limits)).consumers
    assert "GET /orders/{id}" in (consumer.elements or ())


def test_contract_knows_its_waivers(registry: Registry) -> None:
    """A contract shows what was let through for it."""
    registry.release(an_event())
    waiver = a_waiver("property-removed", "OrderPlaced $.note")
    registry.database.write(lambda store: add_waiver(store, "OrderPlaced", waiver, actor=ADMIN, now=NOW))
    (held,) = reading(registry, lambda store: contract(store, "OrderPlaced", registry.limits)).waivers
    assert (held.rule, held.element, held.actor) == (waiver.rule, waiver.element, ADMIN.name)


def test_json_is_not_reformatted(registry: Registry) -> None:
    """The document of a release keeps its white space and the order of its keys."""
    odd = json.dumps(an_event_schema(), indent=7, sort_keys=True).encode() + b"\n\n"
    registry.release(replace(an_event(), source=Source({"event.schema.json": odd}, "event.schema.json")))
    assert seen(registry).shown.document == odd
