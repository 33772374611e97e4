"""The audit log: each act that changes something adds its row in the same transaction, and acts that change nothing add none."""

from __future__ import annotations

from typing import Any

from tests.http.registry_under_test import RegistryUnderTest, encoded, event, pact, publication, schema, service_version

SCHEMA = schema(id="string")
PACT = pact("storefront", "orders")
FIRST = service_version("orders", "ordering", "a1", provides=[event("OrderPlaced", SCHEMA)])
CONSUMER = service_version("storefront", "front", "s1", pacts=[{"name": "p.json", "content": encoded(PACT)}])
WHERE = {"service": "orders", "version": "a1"}

ACTS: list[tuple[str, dict[str, Any], list[str]]] = [
    ("/publications", publication(FIRST), ["release.claim", "service-version.publish", "contract.create", "service.create"]),
    ("/publications", publication(FIRST), []),
    ("/publications", publication(CONSUMER), ["service-version.publish", "service.create"]),
    ("/environments", {"name": "production", "production": True}, ["environment.create"]),
    ("/environments/production/deployments", WHERE, ["deployment.record"]),
    ("/environments/production/deployments", WHERE, []),
    ("/environments/production/releases", WHERE, ["support.record"]),
    ("/environments/production/releases", WHERE, []),
    ("/environments/production/support-ends", WHERE, ["support.end"]),
    ("/environments/production/undeployments", {"service": "orders"}, ["deployment.end"]),
    (
        "/verifications",
        {"provider": "orders", "version": "a1", "verifier": "v", "results": [{"pact": encoded(PACT), "success": True}]},
        ["verification.record"],
    ),
    (
        "/contracts/OrderPlaced/waivers",
        {"rule": "property-removed", "element": "e", "reason": "x", "expires": "2027-01-01T00:00:00Z"},
        ["waiver.add"],
    ),
    ("/contracts/OrderPlaced/releases/1.0.0/states", {"state": "deprecated", "reason": "x"}, ["release.deprecated"]),
    ("/contracts/OrderPlaced/rename", {"name": "OrderReceived"}, ["contract.rename"]),
    ("/contracts/OrderReceived/transfer", {"team": "front"}, ["contract.transfer"]),
    ("/services/orders/transfer", {"team": "fulfilment"}, ["service.transfer"]),
    ("/tokens", {"name": "ci", "scopes": ["read"]}, ["token.create"]),
    ("/environments", {"name": "production", "production": True}, []),
    ("/environments/production/undeployments", {"service": "orders"}, []),
]


def test_each_act_leaves_its_rows(any_registry: RegistryUnderTest) -> None:
    """Newest first, under the name of whoever acted, at the time of the act."""
    admin = any_registry.admin()
    for path, body, expected in ACTS:
        seen = admin.get("/audit").body["items"]
        admin.post(path, body)
        rows = admin.get("/audit").body["items"]
        new = rows[: len(rows) - len(seen)]
        assert [row["action"] for row in new] == expected, path
        assert {(row["actor"], row["at"]) for row in new} <= {("root", "2026-11-22T09:30:00Z")}


def test_revoking_and_purging_leave_their_rows(any_registry: RegistryUnderTest) -> None:
    """Revoking a token twice is one act."""
    admin = any_registry.admin()
    admin.post("/tokens", {"name": "ci", "scopes": ["read"]})
    for _ in range(2):
        assert admin.call("DELETE", "/tokens/ci").status == 200
    rows = admin.get("/audit?subject=token:ci").body["items"]
    assert [row["action"] for row in rows] == ["token.revoke", "token.create"]


def test_rows_are_found_by_subject(any_registry: RegistryUnderTest) -> None:
    """`contract:NAME` and the like narrow the log to one thing."""
    admin = any_registry.admin()
    admin.post("/publications", publication(FIRST))
    rows = admin.get("/audit?subject=contract:OrderPlaced").body["items"]
    assert [row["action"] for row in rows] == ["contract.create"]
