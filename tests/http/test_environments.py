"""What runs where: deployments take each other's place, releases to an environment stand side by side."""

from __future__ import annotations

import pytest

from tests.http.registry_under_test import Answer, Caller, RegistryUnderTest, publication, service_version


@pytest.fixture
def admin(any_registry: RegistryUnderTest) -> Caller:
    """An administrator of a registry with two versions of a service and an environment."""
    admin = any_registry.admin()
    for version in ("a1", "a2"):
        assert admin.post("/publications", publication(service_version("orders", "ordering", version))).status == 201
    assert admin.post("/environments", {"name": "production", "production": True, "description": "the shop"}).status == 201
    return admin


def record(admin: Caller, what: str, version: str, **facts: str) -> Answer:
    """Record something about a version in production."""
    return admin.post(f"/environments/production/{what}", {"service": "orders", "version": version, **facts})


def running(admin: Caller) -> list[tuple[str, str, bool]]:
    """(version, instance, supported) of what runs in production."""
    rows = admin.get("/environments/production/deployments").body["items"]
    return sorted((row["version"], row["instance"], row["supported"]) for row in rows)


def test_an_environment_is_made_once(admin: Caller) -> None:
    """A second one of the same name is a conflict."""
    assert admin.get("/environments").body["items"] == [{"name": "production", "production": True, "description": "the shop"}]
    answer = admin.post("/environments", {"name": "production", "production": False})
    assert (answer.status, answer.body["code"]) == (409, "state-conflict")


def test_a_deployment_ends_the_one_before_it(admin: Caller) -> None:
    """At most one version runs in a place; recording it twice changes nothing."""
    assert [record(admin, "deployments", version).status for version in ("a1", "a1", "a2")] == [201, 200, 201]
    assert running(admin) == [("a2", "", False)]
    history = admin.get("/services/orders/versions/a1").body["deployments"]
    assert [row["ended_at"] is not None for row in history] == [True]


def test_instances_run_side_by_side(admin: Caller) -> None:
    """Each application instance is a place of its own."""
    record(admin, "deployments", "a1", instance="blue")
    record(admin, "deployments", "a2", instance="green")
    assert running(admin) == [("a1", "blue", False), ("a2", "green", False)]
    gone = admin.post("/environments/production/undeployments", {"service": "orders", "instance": "blue"})
    assert (gone.status, gone.body["version"]) == (200, "a1")
    assert running(admin) == [("a2", "green", False)]


def test_a_release_to_an_environment_ends_nothing(admin: Caller) -> None:
    """Versions in an app store are supported together until each one's support ends."""
    record(admin, "deployments", "a1")
    assert [record(admin, "releases", version).status for version in ("a1", "a2", "a2")] == [201, 201, 200]
    assert running(admin) == [("a1", "", False), ("a1", "", True), ("a2", "", True)]
    assert record(admin, "support-ends", "a1").status == 200
    assert running(admin) == [("a1", "", False), ("a2", "", True)]


@pytest.mark.parametrize("what", ["deployments", "releases", "support-ends"])
def test_only_what_was_published_can_run(what: str, admin: Caller) -> None:
    """An unknown version, service or environment is refused, and nothing is written."""
    before = admin.registry.rows()
    assert record(admin, what, "a3").status == 404
    assert admin.post(f"/environments/production/{what}", {"service": "carts", "version": "a1"}).status == 404
    assert admin.post(f"/environments/nowhere/{what}", {"service": "orders", "version": "a1"}).status == 404
    assert admin.registry.rows() == before


def test_only_what_runs_can_end(admin: Caller) -> None:
    """Ending what does not run says so."""
    assert admin.post("/environments/production/undeployments", {"service": "orders"}).status == 404
    assert record(admin, "support-ends", "a1").status == 404


@pytest.mark.parametrize("version", ["feature/login", "1.0+build/7", "v1 beta", "ünïcode", "100%"])
def test_a_version_is_any_string(version: str, any_registry: RegistryUnderTest) -> None:
    """Slashes, spaces and signs in a version survive bodies, paths and queries."""
    from urllib.parse import quote

    admin = any_registry.admin()
    assert admin.post("/publications", publication(service_version("orders", "ordering", version))).status == 201
    admin.post("/environments", {"name": "production", "production": True})
    assert record(admin, "deployments", version).status == 201
    assert admin.get(f"/services/orders/versions/{quote(version, safe='')}").body["version"] == version
    decision = admin.get(f"/can-i-deploy?service=orders&environment=production&version={quote(version, safe='')}")
    assert decision.body["question"]["version"] == version


def test_a_decision_reads_back(admin: Caller) -> None:
    """What the API answers is what the decision writes: no member is lost on the way out."""
    from registry.services.decision_json import decision_from_json, decision_to_json

    answer = admin.get("/can-i-deploy?service=orders&version=a1&environment=production").body
    assert answer["verdict"] == "yes"
    assert decision_to_json(decision_from_json(answer)) == answer
