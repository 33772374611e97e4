"""A policy that comes with a publication."""

from __future__ import annotations

from tests.http.registry_under_test import RegistryUnderTest, event, publication, schema, service_version

POLICY = {
    "severities": [
        {
            "rule": "maximum-tightened",
            "severity": "risky",
            "contract": "OrderPlaced",
            "reason": "measured",
            "expires": "2099-01-01T00:00:00Z",
        }
    ],
    "comparison": {"minimum_notice": {"stable": 90}, "protobuf": {"use": ["WIRE"], "allow": ["sunset-deletions"]}},
}


def test_the_policy_of_the_main_branch_is_kept_and_told(any_registry: RegistryUnderTest) -> None:
    """A reader of the contract sees what it is compared by; a severity without its reason is refused with its name."""
    admin = any_registry.admin()
    version = service_version("orders", "ordering", "a1", provides=[event("OrderPlaced", schema(id="string"))])
    assert admin.post("/publications", publication({**version, "policy": POLICY})).status == 201
    assert admin.get("/contracts/OrderPlaced").body["policy"] == {
        "minimum_notice": {"stable": 90},
        "protobuf": {"use": ["WIRE"], "exclude": [], "allow": ["sunset-deletions"]},
    }
    unexplained = {"severities": [{"rule": "maximum-tightened", "severity": "risky"}]}
    answer = admin.post("/publications", publication({**version, "version": "a2", "policy": unexplained}))
    assert answer.status == 400
    assert "maximum-tightened" in answer.body["detail"]
