"""Publishing over the API: statuses, receipts, and what is kept."""

from __future__ import annotations

from registry.services.publication_json import receipt_from_json, receipt_to_json
from tests.http.registry_under_test import RegistryUnderTest, event, publication, schema, service_version

ORDER = schema(id="string")
WIDER = schema(id="string", total="number")


def test_equal_content_is_published_once(any_registry: RegistryUnderTest) -> None:
    """First 201, then 200 with the same revision and release, and not one row more."""
    admin = any_registry.admin()
    body = publication(service_version("orders", "ordering", "a1", provides=[event("OrderPlaced", ORDER)]))
    first = admin.post("/publications", body)
    before = any_registry.rows()
    again = admin.post("/publications", body)
    assert (first.status, again.status) == (201, 200)
    assert (first.body["created"], again.body["created"]) == (True, False)
    assert any_registry.rows() == before
    revisions = [answer.body["service_versions"][0]["revisions"][0]["revision"] for answer in (first, again)]
    assert revisions[0] == revisions[1]


def test_a_known_revision_under_a_new_service_version_is_a_link(any_registry: RegistryUnderTest) -> None:
    """201 with a service version and a binding, and no second blob, revision or release."""
    admin = any_registry.admin()
    for version in ("a1", "a2"):
        answer = admin.post(
            "/publications", publication(service_version("orders", "ordering", version, provides=[event("OrderPlaced", ORDER)]))
        )
        assert answer.status == 201
    counted = any_registry.rows()
    assert [counted[table] for table in ("service_versions", "bindings")] == [2, 2]
    assert [counted[table] for table in ("blobs", "revisions", "releases")] == [1, 1, 1]


def test_other_content_under_a_taken_version_is_a_conflict(any_registry: RegistryUnderTest) -> None:
    """Neither a service version nor a number ever changes its content."""
    admin = any_registry.admin()
    first = service_version("orders", "ordering", "a1", provides=[event("OrderPlaced", ORDER)])
    assert admin.post("/publications", publication(first)).status == 201
    before = any_registry.rows()
    same_version = service_version("orders", "ordering", "a1", provides=[event("OrderPlaced", WIDER, "1.1.0")])
    same_number = service_version("orders", "ordering", "a2", provides=[event("OrderPlaced", WIDER, "1.0.0")])
    for version in (same_version, same_number):
        answer = admin.post("/publications", publication(version))
        assert (answer.status, answer.body["code"]) == (409, "version-taken")
    assert any_registry.rows() == before


def test_a_refused_release_carries_its_findings(any_registry: RegistryUnderTest) -> None:
    """409 with the comparison, and nothing of the publication is kept, its other services included."""
    admin = any_registry.admin()
    first = service_version("orders", "ordering", "a1", provides=[event("OrderPlaced", ORDER)])
    assert admin.post("/publications", publication(first)).status == 201
    before = any_registry.rows()
    breaking = service_version("orders", "ordering", "a2", provides=[event("OrderPlaced", schema(total="number"), "1.1.0")])
    other = service_version("carts", "ordering", "c1", provides=[event("CartUpdated", ORDER)])
    answer = admin.post("/publications", publication(breaking, other))
    assert (answer.status, answer.body["code"]) == (409, "release-refused")
    assert answer.body["facts"]["comparison"]["verdict"] == "no"
    assert {change["severity"] for change in answer.body["facts"]["comparison"]["changes"]} >= {"breaking"}
    assert any_registry.rows() == before


def test_a_receipt_reads_back(any_registry: RegistryUnderTest) -> None:
    """What the API answers is what the receipt writes: no member is lost on the way out."""
    admin = any_registry.admin()
    body = publication(service_version("orders", "ordering", "a1", provides=[event("OrderPlaced", ORDER)]))
    answer = admin.post("/publications", body).body
    assert receipt_to_json(receipt_from_json(answer)) == answer


def test_branches_claim_no_number(any_registry: RegistryUnderTest) -> None:
    """A pull request publishes; only `release` makes it claim a number away from the main branch."""
    admin = any_registry.admin()
    version = {**service_version("orders", "ordering", "a1", provides=[event("OrderPlaced", ORDER)]), "branch": "topic"}
    assert admin.post("/publications", publication(version)).body["service_versions"][0]["releases"] == []
    claimed = admin.post("/publications", publication(version, release=True))
    assert [row["version"] for row in claimed.body["service_versions"][0]["releases"]] == ["1.0.0"]


def test_a_waiver_comes_along(any_registry: RegistryUnderTest) -> None:
    """A waived break is released under the name of whoever published it."""
    admin = any_registry.admin()
    first = service_version("orders", "ordering", "a1", provides=[event("OrderPlaced", ORDER)])
    assert admin.post("/publications", publication(first)).status == 201
    breaking = service_version("orders", "ordering", "a2", provides=[event("OrderPlaced", schema(id="number"), "1.1.0")])
    refused = admin.post("/publications", publication(breaking))
    waivers = [
        {
            "contract": "OrderPlaced",
            "rule": change["rule"],
            "element": change["elements"][0],
            "reason": "nobody reads it",
            "expires": "2027-01-01T00:00:00Z",
        }
        for change in refused.body["facts"]["comparison"]["changes"]
        if change["severity"] == "breaking"
    ]
    accepted = admin.post("/publications", publication(breaking, waivers=waivers))
    assert accepted.status == 201
    assert {row["actor"] for row in admin.get("/contracts/OrderPlaced/waivers").body["items"]} == {"root"}


def test_checking_finds_and_writes_nothing(any_registry: RegistryUnderTest) -> None:
    """A check reports as a publication would be judged, and leaves the registry as it was."""
    admin = any_registry.admin()
    first = service_version("orders", "ordering", "a1", provides=[event("OrderPlaced", ORDER)])
    assert admin.post("/publications", publication(first)).status == 201
    before = any_registry.rows()
    breaking = service_version("orders", "ordering", "a2", provides=[event("OrderPlaced", schema(total="number"), "1.1.0")])
    answer = admin.post("/checks", {"service_versions": [breaking], "baseline_commit": "a1"})
    assert (answer.status, answer.body["verdict"]) == (200, "no")
    assert {row["contract"] for row in answer.body["changes"]} == {"OrderPlaced"}
    assert any_registry.rows() == before
