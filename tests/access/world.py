"""A small world in which every operation of the API has something to act on, and the personas who try."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from registry.domain.access import Permission, Scope
from registry.domain.contract import digest_of
from tests.http.registry_under_test import (
    Caller,
    RegistryUnderTest,
    encoded,
    event,
    pact,
    publication,
    schema,
    service_version,
)

SCHEMA = schema(id="string")
PACT = pact("storefront", "orders")


@dataclass(frozen=True)
class World:
    """The tokens of the personas by name, and the digests that paths need."""

    tokens: Mapping[str, str | None]
    revision: str
    blob: str
    pact: str


def build(registry: RegistryUnderTest) -> World:
    """Two services of two teams, an event with two releases, a pact, two environments with something in one of them."""
    admin = registry.admin()
    first = service_version("orders", "ordering", "a1", provides=[event("OrderPlaced", SCHEMA)])
    second = service_version("orders", "ordering", "a2", provides=[event("OrderPlaced", SCHEMA, "1.1.0")])
    consumer = service_version("storefront", "front", "s1", pacts=[{"name": "orders.json", "content": encoded(PACT)}])
    for body in (publication(first), publication(second), publication(consumer)):
        assert admin.post("/publications", body).status == 201
    for name in ("production", "staging"):
        assert admin.post("/environments", {"name": name, "production": name == "production"}).status == 201
    running = {"service": "orders", "version": "a1"}
    assert admin.post("/environments/production/deployments", running).status == 201
    assert admin.post("/environments/production/releases", running).status == 201
    assert admin.post("/tokens", {"name": "spare", "scopes": ["read"]}).status == 201
    return World(
        tokens=_personas(registry),
        revision=admin.get("/contracts/OrderPlaced").body["releases"][0]["revision"],
        blob=digest_of(SCHEMA.encode()),
        pact=admin.get("/pacts").body["items"][0]["content"],
    )


def _personas(registry: RegistryUnderTest) -> dict[str, str | None]:
    read = Scope(Permission.READ)
    revoked = registry.token("revoked", Scope(Permission.ADMIN))
    assert Caller(registry, registry.token("revoker", Scope(Permission.ADMIN))).call("DELETE", "/tokens/revoked").status == 200
    expired = registry.token("expired", Scope(Permission.ADMIN), lifetime=timedelta(seconds=1))
    registry.now += timedelta(seconds=1)
    own = registry.token("foreign", Scope(Permission.ADMIN))
    return {
        "anonymous": None,
        "reader": registry.token("reader", read),
        "service publisher": registry.token("service-publisher", Scope(Permission.PUBLISH, "service:orders")),
        "team publisher": registry.token("team-publisher", Scope(Permission.PUBLISH, "team:ordering")),
        "other team": registry.token("other-team", Scope(Permission.PUBLISH, "team:front")),
        "deployer": registry.token("deployer", Scope(Permission.DEPLOY, "production")),
        "other deployer": registry.token("other-deployer", Scope(Permission.DEPLOY, "staging")),
        "admin": registry.token("administrator", Scope(Permission.ADMIN)),
        "expired": expired,
        "revoked": revoked,
        # Well formed, but never issued here: the digits and the checksum of a token of another registry.
        "foreign": _of_another_registry(own),
    }


def _of_another_registry(own: str) -> str:
    from zlib import crc32

    digits = own[4:68][::-1]
    return f"ilk_{digits}{crc32(digits.encode()):08x}"
