"""Verifications: only of what was published, kept by the pact's content, so that equal content inherits them."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from tests.http.registry_under_test import Caller, RegistryUnderTest, encoded, pact, publication, service_version

PACT = pact("storefront", "orders")


@pytest.fixture
def admin(any_registry: RegistryUnderTest) -> Caller:
    """An administrator of a registry with a consumer's pact and the provider's version."""
    admin = any_registry.admin()
    consumer = service_version("storefront", "front", "s1", pacts=[{"name": "orders.json", "content": encoded(PACT)}])
    assert admin.post("/publications", publication(consumer, service_version("orders", "ordering", "a1"))).status == 201
    assert admin.post("/environments", {"name": "production", "production": True}).status == 201
    assert admin.post("/environments/production/deployments", {"service": "orders", "version": "a1"}).status == 201
    return admin


def report(*results: dict[str, Any], **facts: Any) -> dict[str, Any]:
    """The body of a verification."""
    return {"provider": "orders", "version": "a1", "verifier": "pact-python 4", "results": list(results), **facts}


def may_deploy(admin: Caller, version: str) -> str:
    """Whether a version of the storefront may go to production."""
    verdict: str = admin.get(f"/can-i-deploy?service=storefront&version={version}&environment=production").body["verdict"]
    return verdict


def test_a_pact_is_named_by_its_file_or_by_its_content(admin: Caller) -> None:
    """Both ways lead to one content, and each run is kept beside the others, newest first."""
    content = admin.get("/pacts").body["items"][0]["content"]
    by_file = admin.post("/verifications", report({"pact": encoded(PACT), "success": False}))
    by_content = admin.post("/verifications", report({"content": content, "success": True}))
    assert [answer.status for answer in (by_file, by_content)] == [201, 201]
    assert {answer.body["items"][0]["content"] for answer in (by_file, by_content)} == {content}
    found = admin.get(f"/pacts/{content}").body
    assert [row["success"] for row in found["verifications"]] == [True, False]
    assert base64.b64decode(found["file"]) == PACT


def test_a_run_need_not_name_its_program(admin: Caller) -> None:
    """The record then says so, instead of leaving a gap in every sentence about it."""
    answer = admin.post("/verifications", report({"pact": encoded(PACT), "success": True}, verifier=""))
    assert answer.body["items"][0]["verifier"] == "an unnamed verifier"


def test_equal_content_inherits_the_result(admin: Caller) -> None:
    """A pact that was only written otherwise is verified already; one that expects something else is not."""
    assert may_deploy(admin, "s1") == "unknown"
    admin.post("/verifications", report({"pact": encoded(PACT), "success": True}))
    rewritten = json.dumps(json.loads(PACT), indent=2, sort_keys=True)
    for version, content in (("s2", rewritten), ("s3", pact("storefront", "orders", path="/orders/2"))):
        consumer = service_version("storefront", "front", version, pacts=[{"name": "p.json", "content": encoded(content)}])
        assert admin.post("/publications", publication(consumer)).status == 201
    assert [may_deploy(admin, version) for version in ("s1", "s2", "s3")] == ["yes", "yes", "unknown"]


def test_a_failed_run_says_which_interaction(admin: Caller) -> None:
    """The verifier's own words reach the decision."""
    interaction = {"description": "an order", "success": False, "problem": "status was 404"}
    admin.post("/verifications", report({"pact": encoded(PACT), "success": False, "interactions": [interaction]}))
    decision = admin.get("/can-i-deploy?service=storefront&version=s1&environment=production").body
    assert decision["verdict"] == "no"
    assert "status was 404" in decision["edges"][0]["evidence"]["detail"]


REFUSED: dict[str, tuple[dict[str, Any], int, str]] = {
    "no result": (report(), 400, "bad-request"),
    "neither file nor content": (report({"success": True}), 400, "bad-request"),
    "file and content": (report({"pact": encoded(PACT), "content": "0" * 64, "success": True}), 400, "bad-request"),
    "no pact": (report({"pact": encoded("{}"), "success": True}), 400, "wrong-kind"),
    "no base64": (report({"pact": "%", "success": True}), 400, "bad-request"),
    "a pact that nobody published": (
        report({"pact": encoded(pact("storefront", "orders", "/x")), "success": True}),
        404,
        "not-found",
    ),
    "a content that nobody published": (report({"content": "0" * 64, "success": True}), 404, "not-found"),
    "a pact with somebody else": (
        report({"pact": encoded(PACT), "success": True}, provider="storefront", version="s1"),
        400,
        "bad-request",
    ),
    "a provider that nobody published": (report({"pact": encoded(PACT), "success": True}, provider="carts"), 404, "not-found"),
    "a version that nobody published": (report({"pact": encoded(PACT), "success": True}, version="a2"), 404, "not-found"),
    "a success with a failure in it": (
        report({"pact": encoded(PACT), "success": True, "interactions": [{"description": "an order", "success": False}]}),
        400,
        "bad-request",
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_is_refused(kind: str, admin: Caller) -> None:
    """A verification says something about what was published, or it is not kept."""
    body, status, code = REFUSED[kind]
    before = admin.registry.rows()
    answer = admin.post("/verifications", body)
    assert (answer.status, answer.body["code"]) == (status, code), answer.body["detail"]
    assert admin.registry.rows() == before


def test_one_bad_result_keeps_none(admin: Caller) -> None:
    """A run is recorded whole or not at all, and the place says which result was wrong."""
    before = admin.registry.rows()
    good = {"pact": encoded(PACT), "success": True}
    answer = admin.post("/verifications", report(good, {"pact": encoded("{}"), "success": True}))
    assert (answer.status, answer.body["place"]["file"]) == (400, "body/results/1/pact.json")
    assert admin.registry.rows() == before
