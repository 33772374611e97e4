"""Values at the ends of what is accepted: taken or refused, and still readable afterwards."""

from __future__ import annotations

from tests.bad_input.support import unchanged
from tests.http.registry_under_test import Caller, RegistryUnderTest, event, publication, schema, service_version

LARGEST = "1.0.999999999999999999"


def test_the_largest_number_has_no_successor(registry: RegistryUnderTest, admin: Caller) -> None:
    """No number is proposed that could not be read again; the contract stays usable."""
    first = event("Counted", schema(id="string"), LARGEST)
    assert admin.post("/publications", publication(service_version("counter", "t", "v1", provides=[first]))).status == 201
    second = event("Counted", schema(id="string") + "\n", None)
    with unchanged(registry):
        answer = admin.post("/publications", publication(service_version("counter", "t", "v2", provides=[second])))
    assert (answer.status, answer.body["code"]) == (409, "state-conflict")
    assert answer.body["next_step"]
    assert admin.get("/contracts/Counted").body["releases"][0]["version"] == LARGEST
    third = event("Counted", schema(id="string") + "\n", "2.0.0")
    assert admin.post("/publications", publication(service_version("counter", "t", "v3", provides=[third]))).status == 201


def test_a_retention_beyond_the_calendar_is_for_ever(admin: Caller) -> None:
    """285 million years, the most that is accepted, can be added to no date."""
    kept = event("Kept", schema(id="string"), retention_seconds=2**53)
    bodies = [
        publication(service_version("keeper", "t", "v1", provides=[kept])),
        publication(service_version("keeper", "t", "v2")),
        publication(service_version("reader", "t", "v1", consumes=[{"contract": "Kept", "version": "1.0.0"}])),
    ]
    assert [admin.post("/publications", body).status for body in bodies] == [201, 201, 201]
    assert admin.post("/environments", {"name": "production", "production": True}).status == 201
    for version in ("v1", "v2"):
        assert admin.post("/environments/production/deployments", {"service": "keeper", "version": version}).status == 201
    answer = admin.get("/can-i-deploy?service=reader&version=v1&environment=production")
    assert (answer.status, answer.body["verdict"]) == (200, "yes")


def test_an_unknown_environment_is_said_before_anything_is_compared(registry: RegistryUnderTest, admin: Caller) -> None:
    """Even when nothing of the service was published yet."""
    body = {"service_versions": [service_version("nobody", "t", "v1")], "environments": ["nowhere"]}
    with unchanged(registry):
        answer = admin.post("/checks", body)
    assert (answer.status, answer.body["code"], answer.body["facts"]["name"]) == (404, "not-found", "nowhere")
