"""When something changes hands, so does every right to it; nothing stays with those who gave it away."""

from __future__ import annotations

from registry.domain.access import Permission, Scope
from tests.http.registry_under_test import Caller, RegistryUnderTest, event, publication, schema, service_version

SCHEMA = schema(id="string")
STATE = {"state": "deprecated", "reason": "use the next one"}


def team(registry: RegistryUnderTest, name: str) -> Caller:
    """Somebody who publishes for a team."""
    return Caller(registry, registry.token(f"{name}-token", Scope(Permission.PUBLISH, f"team:{name}")))


def orders(team_name: str, version: str, number: str) -> dict[str, object]:
    """A publication of the service orders."""
    provided = event("OrderPlaced", SCHEMA, number)
    identity = service_version("orders", team_name, version, provides=[provided])
    identity["service"]["entities"] = ["order"]
    return publication(identity)


def test_a_transferred_service_takes_its_contracts_and_entities_along(any_registry: RegistryUnderTest) -> None:
    """After a transfer the new team publishes and decides, and the old one does neither."""
    old, new = team(any_registry, "ordering"), team(any_registry, "fulfilment")
    assert old.post("/publications", orders("ordering", "a1", "1.0.0")).status == 201
    assert old.post("/services/orders/transfer", {"team": "fulfilment"}).body["team"] == "fulfilment"
    assert old.post("/publications", orders("ordering", "a2", "1.1.0")).body["code"] == "owned-by-other"
    assert old.post("/contracts/OrderPlaced/releases/1.0.0/states", STATE).status == 403
    assert old.post("/services/orders/transfer", {"team": "ordering"}).status == 403
    assert new.post("/publications", orders("fulfilment", "a2", "1.1.0")).status == 201
    assert new.post("/contracts/OrderPlaced/releases/1.0.0/states", STATE).status == 201


def test_a_transferred_contract_leaves_its_service(any_registry: RegistryUnderTest) -> None:
    """A contract that went to another team is not published by the service that had it."""
    old, new = team(any_registry, "ordering"), team(any_registry, "fulfilment")
    assert old.post("/publications", orders("ordering", "a1", "1.0.0")).status == 201
    moved = old.post("/contracts/OrderPlaced/transfer", {"team": "fulfilment"})
    assert (moved.body["team"], moved.body["service"]) == ("fulfilment", None)
    refused = old.post("/publications", orders("ordering", "a2", "1.1.0"))
    assert (refused.status, refused.body["facts"]["owner"]) == (409, "fulfilment")
    assert old.post("/contracts/OrderPlaced/rename", {"name": "OrderReceived"}).status == 403
    assert new.post("/contracts/OrderPlaced/rename", {"name": "OrderReceived"}).status == 200


def test_a_contract_goes_to_a_service_of_its_new_owner(registry: RegistryUnderTest) -> None:
    """A service of a third team cannot be slipped in as the new home."""
    old, third = team(registry, "ordering"), team(registry, "front")
    assert old.post("/publications", orders("ordering", "a1", "1.0.0")).status == 201
    assert third.post("/publications", publication(service_version("storefront", "front", "s1"))).status == 201
    answer = old.post("/contracts/OrderPlaced/transfer", {"team": "fulfilment", "service": "storefront"})
    assert (answer.status, answer.body["code"]) == (409, "state-conflict")
    assert old.post("/contracts/OrderPlaced/transfer", {"team": "fulfilment", "service": "nobody"}).status == 404
    assert old.post("/contracts/OrderPlaced/transfer", {"team": "front", "service": "storefront"}).body["service"] == "storefront"


def test_a_renamed_contract_is_found_under_both_names(any_registry: RegistryUnderTest) -> None:
    """The old name leads to the contract for good, and nobody else gets it."""
    owner = team(any_registry, "ordering")
    assert owner.post("/publications", orders("ordering", "a1", "1.0.0")).status == 201
    assert owner.post("/contracts/OrderPlaced/rename", {"name": "OrderReceived"}).body["name"] == "OrderReceived"
    for name in ("OrderPlaced", "OrderReceived"):
        found = owner.get(f"/contracts/{name}").body
        assert (found["name"], found["aliases"]) == ("OrderReceived", ["OrderPlaced"])
    other = publication(service_version("orders", "ordering", "a2", provides=[event("OrderShipped", SCHEMA)]))
    assert owner.post("/publications", other).status == 201
    taken = owner.post("/contracts/OrderShipped/rename", {"name": "OrderPlaced"})
    assert (taken.status, taken.body["code"]) == (409, "state-conflict")


def test_a_service_scope_reaches_no_other_service(registry: RegistryUnderTest) -> None:
    """A token for one service publishes that one, not another of the same team, and not both at once."""
    caller = Caller(registry, registry.token("ci", Scope(Permission.PUBLISH, "service:orders")))
    own, other = (service_version(name, "ordering", "a1") for name in ("orders", "carts"))
    assert caller.post("/publications", publication(own, other)).status == 403
    assert registry.rows()["services"] == 0
    assert caller.post("/publications", publication(own)).status == 201


def test_a_service_scope_releases_no_contract_of_another_service(any_registry: RegistryUnderTest) -> None:
    """Not that of a sister service, and not that of a team which a new service merely says it belongs to."""
    assert team(any_registry, "ordering").post("/publications", orders("ordering", "a1", "1.0.0")).status == 201
    caller = Caller(any_registry, any_registry.token("ci", Scope(Permission.PUBLISH, "service:sandbox")))
    before = any_registry.rows()
    taking_over = service_version("sandbox", "ordering", "s1", provides=[event("OrderPlaced", schema(x="string"), "2.0.0")])
    answer = caller.post("/publications", publication(taking_over))
    assert (answer.status, answer.body["code"]) == (403, "forbidden")
    assert "publish:service:orders" in answer.body["facts"]["needed_scope"]
    assert any_registry.rows() == before


def test_another_producer_publishes_what_the_owner_released(any_registry: RegistryUnderTest) -> None:
    """A service that writes somebody else's event says whose it is, and needs no right to it."""
    assert team(any_registry, "ordering").post("/publications", orders("ordering", "a1", "1.0.0")).status == 201
    caller = Caller(any_registry, any_registry.token("ci", Scope(Permission.PUBLISH, "service:importer")))
    importer = service_version("importer", "front", "i1", provides=[event("OrderPlaced", SCHEMA, owner="ordering")])
    answer = caller.post("/publications", publication(importer))
    assert (answer.status, answer.body["service_versions"][0]["releases"]) == (201, [])


def test_claiming_a_team_does_not_make_one_a_member(registry: RegistryUnderTest) -> None:
    """Who publishes another team's service under its own team's name is refused by the owner's name."""
    assert team(registry, "ordering").post("/publications", orders("ordering", "a1", "1.0.0")).status == 201
    answer = team(registry, "front").post("/publications", orders("front", "a2", "1.1.0"))
    assert (answer.status, answer.body["code"], answer.body["facts"]["owner"]) == (409, "owned-by-other", "ordering")
