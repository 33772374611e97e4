"""Every operation of the API against every persona: who is let in, who is refused how, and that a refusal writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi.routing import APIRoute, iter_route_contexts

from registry.storage.database import Database
from tests.access.world import PACT, SCHEMA, World
from tests.http.registry_under_test import OPEN, Caller, RegistryUnderTest, encoded, event, publication, service_version

NewWorld = Callable[[], tuple[RegistryUnderTest, World]]

READERS = frozenset({"reader", "service publisher", "team publisher", "other team", "deployer", "other deployer", "admin"})
PUBLISHERS = frozenset({"service publisher", "team publisher", "admin"})
OWNERS = frozenset({"team publisher", "admin"})
DEPLOYERS = frozenset({"deployer", "admin"})
ADMINS = frozenset({"admin"})
STRANGERS = frozenset({"anonymous", "expired", "revoked", "foreign"})


@dataclass(frozen=True)
class Row:
    """A request that succeeds for the allowed personas in the world, and for readers without a token where they are let in."""

    method: str
    path: str
    allowed: frozenset[str]
    body: Any = None
    for_anonymous_readers: bool = False


def _read(path: str) -> Row:
    return Row("GET", path, READERS, for_anonymous_readers=True)


_THIRD = service_version("orders", "ordering", "a3", provides=[event("OrderPlaced", SCHEMA, "1.2.0")])
_RUNNING = {"service": "orders", "version": "a2"}
_ENDED = {"service": "orders", "version": "a1"}
_RESULT = {"pact": encoded(PACT), "success": True}

ROWS: dict[str, Row] = {
    "post_publication": Row("POST", "/publications", PUBLISHERS, publication(_THIRD)),
    "post_check": Row("POST", "/checks", READERS, {"service_versions": [_THIRD]}, for_anonymous_readers=True),
    "get_contracts": _read("/contracts"),
    "get_contract": _read("/contracts/OrderPlaced"),
    "get_consumers": _read("/contracts/OrderPlaced/consumers"),
    "get_diff": _read("/contracts/OrderPlaced/diff?from=1.0.0&to=1.1.0"),
    "get_releases": _read("/contracts/OrderPlaced/releases"),
    "get_release": _read("/contracts/OrderPlaced/releases/1.0.0"),
    "get_changelog": _read("/contracts/OrderPlaced/changelog"),
    "get_waivers": _read("/contracts/OrderPlaced/waivers"),
    "post_waiver": Row(
        "POST",
        "/contracts/OrderPlaced/waivers",
        OWNERS,
        {"rule": "property-removed", "element": "OrderPlaced $.id", "reason": "unused", "expires": "2027-01-01T00:00:00Z"},
    ),
    "post_contract_transfer": Row("POST", "/contracts/OrderPlaced/transfer", OWNERS, {"team": "front"}),
    "post_contract_rename": Row("POST", "/contracts/OrderPlaced/rename", OWNERS, {"name": "OrderReceived"}),
    "post_release_state": Row(
        "POST", "/contracts/OrderPlaced/releases/1.0.0/states", OWNERS, {"state": "deprecated", "reason": "use 1.1.0"}
    ),
    "get_revision": _read("/revisions/{revision}"),
    "get_file": _read("/revisions/{revision}/files/schema.json"),
    "post_purge": Row("POST", "/blobs/{blob}/purge", ADMINS, {"reason": "a court order"}),
    "get_services": _read("/services"),
    "get_service": _read("/services/orders"),
    "get_service_versions": _read("/services/orders/versions"),
    "get_service_version": _read("/services/orders/versions/a1"),
    "post_service_transfer": Row("POST", "/services/orders/transfer", OWNERS, {"team": "front"}),
    "get_environments": _read("/environments"),
    "post_environment": Row("POST", "/environments", ADMINS, {"name": "canary", "production": False}),
    "get_environment": _read("/environments/production"),
    "get_deployments": _read("/environments/production/deployments"),
    "post_deployment": Row("POST", "/environments/production/deployments", DEPLOYERS, _RUNNING),
    "post_undeployment": Row("POST", "/environments/production/undeployments", DEPLOYERS, {"service": "orders"}),
    "post_environment_release": Row("POST", "/environments/production/releases", DEPLOYERS, _RUNNING),
    "post_support_end": Row("POST", "/environments/production/support-ends", DEPLOYERS, _ENDED),
    "get_decision": _read("/can-i-deploy?service=orders&version=a2&environment=production"),
    "get_pacts": _read("/pacts?provider=orders&consumer=storefront"),
    "get_pact": _read("/pacts/{pact}"),
    "post_verification": Row(
        "POST",
        "/verifications",
        PUBLISHERS,
        {"provider": "orders", "version": "a1", "verifier": "pact-python", "results": [_RESULT]},
    ),
    "get_tokens": Row("GET", "/tokens", ADMINS),
    "post_token": Row("POST", "/tokens", ADMINS, {"name": "fresh", "scopes": ["read"]}),
    "delete_token": Row("DELETE", "/tokens/spare", ADMINS),
    "get_audit": Row("GET", "/audit", ADMINS),
}
BEFORE_THE_DOOR = {"get_live", "get_ready"}


def _send(registry: RegistryUnderTest, world: World, row: Row, persona: str) -> int:
    caller = Caller(registry, world.tokens[persona])
    path = row.path.format(revision=world.revision, blob=world.blob, pact=world.pact)
    answer = caller.call(row.method, path) if row.body is None else caller.post(path, row.body)
    return answer.status


def test_every_route_has_its_row(sqlite_database: Database) -> None:
    """A new operation fails here until it says who may use it."""
    routes = iter_route_contexts(RegistryUnderTest(sqlite_database).app.routes)
    operations = {route.name for route in routes if isinstance(route.original_route, APIRoute)}
    assert operations == ROWS.keys() | BEFORE_THE_DOOR


@pytest.mark.parametrize("operation", ROWS)
def test_strangers_are_refused(operation: str, new_world: NewWorld) -> None:
    """Whoever has no token, or one that is not valid here, gets 401 and leaves no trace."""
    registry, world = new_world()
    before = registry.rows()
    answers = {persona: _send(registry, world, ROWS[operation], persona) for persona in sorted(STRANGERS)}
    assert answers == dict.fromkeys(sorted(STRANGERS), 401)
    assert registry.rows() == before


@pytest.mark.parametrize("operation", ROWS)
def test_the_wrong_scope_is_refused(operation: str, new_world: NewWorld) -> None:
    """Whoever holds a valid token of another scope gets 403 and leaves no trace."""
    registry, world = new_world()
    before = registry.rows()
    refused = sorted(READERS - ROWS[operation].allowed)
    assert {persona: _send(registry, world, ROWS[operation], persona) for persona in refused} == dict.fromkeys(refused, 403)
    assert registry.rows() == before


@pytest.mark.parametrize(("operation", "persona"), [(name, who) for name, row in ROWS.items() for who in sorted(row.allowed)])
def test_the_right_scope_is_let_in(operation: str, persona: str, new_world: NewWorld) -> None:
    """Whoever holds the scope succeeds."""
    registry, world = new_world()
    assert _send(registry, world, ROWS[operation], persona) in {200, 201}


@pytest.mark.parametrize("operation", ROWS)
def test_reading_without_a_token_is_a_setting(operation: str, new_world: NewWorld) -> None:
    """Where the registry lets readers in without a token they may read and check, and still nothing else."""
    registry, world = new_world()
    row = ROWS[operation]
    status = _send(registry.opened(OPEN), world, row, "anonymous")
    assert status == 200 if row.for_anonymous_readers else status in {401, 403}


@pytest.mark.parametrize("persona", ["expired", "revoked", "foreign"])
def test_a_bad_token_counts_even_where_none_is_needed(persona: str, new_world: NewWorld) -> None:
    """A token that comes along is looked at: somebody whose token has expired learns of it at the first request."""
    registry, world = new_world()
    assert _send(registry.opened(OPEN), world, ROWS["get_contracts"], persona) == 401
