"""Revisions: exact bytes under digests, tags that say when a copy is still good, and the one way to forget."""

from __future__ import annotations

import pytest

from registry.domain.contract import digest_of
from tests.http.registry_under_test import Caller, RegistryUnderTest, encoded, event, publication, schema, service_version

# Neither order nor white space nor the byte order mark of a file is touched.
EXACT = b"\xef\xbb\xbf" + schema(b="string", a="string").replace(": ", ":\t").encode() + b"\r\n\r\n"


def publish(admin: Caller) -> str:
    """The digest of a revision with one file under a nested path beside its schema."""
    provided = event("OrderPlaced", EXACT.decode(), examples=["examples/é #1.json"])
    provided["files"].append({"path": "examples/é #1.json", "content": encoded('{"a": "", "b": ""}')})
    answer = admin.post("/publications", publication(service_version("orders", "ordering", "a1", provides=[provided])))
    assert answer.status == 201, answer.body
    digest: str = answer.body["service_versions"][0]["revisions"][0]["revision"]
    return digest


def test_bytes_come_back_as_they_were_published(any_registry: RegistryUnderTest) -> None:
    """Every byte, as a download that no browser interprets."""
    admin = any_registry.admin()
    digest = publish(admin)
    answer = admin.get(f"/revisions/{digest}/files/schema.json")
    assert answer.body == EXACT
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"] == "attachment"
    assert answer.headers["etag"] == f'"{digest_of(EXACT)}"'
    assert admin.get(f"/revisions/{digest}/files/examples/%C3%A9%20%231.json").body == b'{"a": "", "b": ""}'


def test_a_revision_lists_its_files(admin: Caller) -> None:
    """Path, digest and size of each file, by path."""
    digest = publish(admin)
    answer = admin.get(f"/revisions/{digest}")
    assert [(row["path"], row["size"]) for row in answer.body["files"]] == [("examples/é #1.json", 18), ("schema.json", len(EXACT))]
    assert answer.headers["etag"] == f'"{digest}"'


@pytest.mark.parametrize("path", ["", "/files/schema.json"])
def test_a_copy_that_is_still_good_is_not_sent_again(path: str, admin: Caller) -> None:
    """If-None-Match with the tag, weak or among others, is answered by 304 without a body."""
    address = f"/revisions/{publish(admin)}{path}"
    tag = admin.get(address).headers["etag"]
    for offered in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        answer = admin.get(address, if_none_match=offered)
        assert (answer.status, answer.body, answer.headers["etag"]) == (304, b"", tag)
    assert admin.get(address, if_none_match='"other"').status == 200


@pytest.mark.parametrize("path", ["other.json", "../schema.json", "examples", "%2e%2e/schema.json"])
def test_no_other_path_leads_anywhere(path: str, admin: Caller) -> None:
    """A file is found by its exact path in its revision and by nothing else."""
    assert admin.get(f"/revisions/{publish(admin)}/files/{path}").status == 404


def test_a_purge_forgets_bytes_and_keeps_the_digest(any_registry: RegistryUnderTest) -> None:
    """Afterwards the file list stands, the bytes are gone for good, also for caches, and the act is on record."""
    admin = any_registry.admin()
    digest = publish(admin)
    blob = digest_of(EXACT)
    assert admin.post(f"/blobs/{blob}/purge", {"reason": " "}).status == 400
    assert admin.post(f"/blobs/{blob}/purge", {"reason": "a court order"}).body == {"digest": blob, "reason": "a court order"}
    gone = admin.get(f"/revisions/{digest}/files/schema.json", if_none_match=f'"{blob}"')
    assert (gone.status, gone.body["code"]) == (409, "state-conflict")
    assert admin.get(f"/revisions/{digest}").status == 200
    assert admin.get("/contracts/OrderPlaced/releases/1.0.0").status == 200
    assert admin.get("/contracts/OrderPlaced").status == 200
    assert admin.post(f"/blobs/{blob}/purge", {"reason": "again"}).status == 409
    audited = admin.get(f"/audit?subject=blob:{blob}").body["items"]
    assert [(row["action"], row["detail"]) for row in audited] == [("blob.purge", {"reason": "a court order"})]


def test_a_blob_that_never_was_cannot_be_purged(admin: Caller) -> None:
    """404, as for anything unknown."""
    assert admin.post(f"/blobs/{'0' * 64}/purge", {"reason": "a court order"}).status == 404
