"""Bodies whose bytes are few enough, and whose values, mistakes or parts are too many."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.bad_input.support import unchanged
from tests.http.registry_under_test import API, Caller, RegistryUnderTest, publication, service_version

MANY = 190_000


def joined(*values: bytes) -> bytes:
    """A publication's body with these values in the place of its service versions."""
    return b'{"service_versions":[' + b",".join(values) + b"]}"


COSTLY_BODIES: dict[str, tuple[bytes, int, str]] = {
    "a million values": (joined(*[b"0"] * 1_000_000), 413, "limit-exceeded"),
    "many of another type": (joined(*[b"0"] * MANY), 400, "bad-request"),
    "many that are not complete": (joined(*[b"{}"] * MANY), 400, "bad-request"),
    "many unknown keys": (b"{" + b",".join(b'"k%d":1' % number for number in range(MANY)) + b"}", 400, "bad-request"),
}


@pytest.mark.parametrize("kind", COSTLY_BODIES)
def test_the_first_mistakes_are_enough(kind: str, registry: RegistryUnderTest, admin: Caller) -> None:
    """A million mistakes are not told one by one: that took half a minute, and gigabytes."""
    body, status, code = COSTLY_BODIES[kind]
    with unchanged(registry):
        answer = admin.call("POST", "/publications", content=body)
    assert (answer.status, answer.body["code"]) == (status, code)


def parts(count: int, **part: Any) -> list[dict[str, Any]]:
    """The same part, many times."""
    return [part] * count


TOO_MANY: dict[str, tuple[str, dict[str, Any]]] = {
    "service versions": ("/publications", publication(*(service_version(f"s{number}", "t", "v") for number in range(5_001)))),
    "consumed contracts": ("/publications", publication(service_version("s", "t", "v", consumes=parts(5_000, contract="c")))),
    "pacts": ("/publications", publication(service_version("s", "t", "v", pacts=parts(5_000, name="p", content="")))),
    "waivers": (
        "/publications",
        publication(
            service_version("s", "t", "v"),
            waivers=parts(5_000, contract="c", rule="r", element="e", reason="x", expires="2027-01-01T00:00:00Z"),
        ),
    ),
    "service versions to check": ("/checks", publication(*(service_version(f"s{number}", "t", "v") for number in range(5_001)))),
    "results": (
        "/verifications",
        {"provider": "s", "version": "v", "verifier": "v", "results": parts(5_001, content="0" * 64, success=True)},
    ),
}


@pytest.mark.parametrize("what", TOO_MANY)
def test_one_request_brings_so_many_parts_and_no_more(what: str, registry: RegistryUnderTest, admin: Caller) -> None:
    """Each is a row, or a compiler's run, in one transaction that others wait for."""
    path, body = TOO_MANY[what]
    with unchanged(registry):
        answer = admin.call("POST", path, content=json.dumps(body).encode())
    assert (answer.status, answer.body["code"]) == (413, "limit-exceeded"), answer.body


def test_a_length_in_other_digits_is_no_length(registry: RegistryUnderTest, admin: Caller) -> None:
    """`²` is a digit to Unicode, and no number to anybody; servers let Latin-1 through."""
    headers = [
        (b"authorization", f"Bearer {admin.token}".encode()),
        (b"content-type", b"application/json"),
        (b"content-length", "²".encode("latin-1")),
    ]
    response = registry.client().post(f"{API}/publications", content=b"{}", headers=headers)
    assert (response.status_code, response.json()["code"]) == (400, "bad-request")
