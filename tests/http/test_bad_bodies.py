"""Bodies that two readers could understand differently, or that cost too much: refused at the door, with nothing written."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator

import pytest

from tests.http.registry_under_test import API, Caller, RegistryUnderTest, publication, service_version

VALID = json.dumps(publication(service_version("orders", "ordering", "a1"))).encode()

REFUSED = {
    "empty": (b"", 400, "bad-request"),
    "blank": (b" \n", 400, "malformed"),
    "no JSON": (b"name: orders", 400, "malformed"),
    "a YAML document": (b"---\nservice_versions: []\n", 400, "malformed"),
    "cut off": (VALID[:-1], 400, "malformed"),
    "two documents": (VALID + VALID, 400, "malformed"),
    "not UTF-8": (b'{"release": "\xff"}', 400, "not-text"),
    "UTF-16": (VALID.decode().encode("utf-16"), 400, "not-text"),
    "NUL": (b'{"release": "\x00"}', 400, "not-text"),
    "escaped NUL": (rb'{"release": "\u0000"}', 400, "not-text"),
    "lone surrogate": (rb'{"release": "\ud800"}', 400, "not-text"),
    "NaN": (b'{"release": NaN}', 400, "not-a-number"),
    "infinity": (b'{"release": -Infinity}', 400, "not-a-number"),
    "beyond a double": (b'{"release": 1e999}', 400, "not-a-number"),
    "duplicate key": (b'{"release": true, "release": false}', 400, "duplicate-key"),
    "deep": (b"[" * 100_000 + b"]" * 100_000, 413, "limit-exceeded"),
    "a long number": (b'{"release": 1' + b"0" * 5000 + b"}", 413, "limit-exceeded"),
    "too large": (VALID + b" " * (1 << 20), 413, "limit-exceeded"),
    "an array": (b"[]", 400, "bad-request"),
    "null": (b"null", 400, "bad-request"),
    "an unknown key": (b'{"service_versions": [], "relase": true}', 400, "bad-request"),
    "nothing to publish": (b'{"service_versions": []}', 400, "bad-request"),
    "a number for a truth": (VALID[:-1] + b', "release": 1}', 400, "bad-request"),
    "a string for a truth": (VALID[:-1] + b', "release": "true"}', 400, "bad-request"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_bad_body_is_refused_and_nothing_is_written(kind: str, registry: RegistryUnderTest, admin: Caller) -> None:
    """Each gets its own code, and leaves no row."""
    body, status, code = REFUSED[kind]
    before = registry.rows()
    answer = admin.call("POST", "/publications", content=body)
    assert (answer.status, answer.body["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert registry.rows() == before


@pytest.mark.parametrize("encoding", ["gzip", "br", "identity, gzip", "x-unknown"])
def test_an_encoded_body_is_refused(encoding: str, registry: RegistryUnderTest, admin: Caller) -> None:
    """Nothing is unpacked, so nothing can explode."""
    before = registry.rows()
    answer = admin.call("POST", "/publications", content=gzip.compress(VALID), content_encoding=encoding)
    assert (answer.status, answer.body["code"]) == (415, "unsupported-body")
    assert registry.rows() == before


def test_identity_is_no_encoding(admin: Caller) -> None:
    """RFC 9110 lets a client say that it did nothing."""
    assert admin.call("POST", "/publications", content=VALID, content_encoding="identity").status == 201


@pytest.mark.parametrize("media_type", ["", "text/plain", "application/yaml", "application/json-patch+json", "application/jsonx"])
def test_another_media_type_is_refused(media_type: str, registry: RegistryUnderTest, admin: Caller) -> None:
    """Only application/json is read as JSON."""
    answer = admin.call("POST", "/publications", content=VALID, media_type=media_type)
    assert (answer.status, answer.body["code"]) == (415, "unsupported-body")
    assert registry.rows()["services"] == 0


def test_parameters_of_the_media_type_do_not_matter(admin: Caller) -> None:
    """`application/json; charset=utf-8` is what many clients send."""
    assert admin.call("POST", "/publications", content=VALID, media_type="Application/JSON; charset=utf-8").status == 201


def test_a_body_is_counted_as_it_arrives(registry: RegistryUnderTest, admin: Caller) -> None:
    """A chunked body without Content-Length is cut off at the limit, not read to its end."""
    sent: list[int] = []

    def chunks() -> Iterator[bytes]:
        for _ in range(64):
            sent.append(1 << 16)
            yield b" " * (1 << 16)

    headers = {"authorization": f"Bearer {admin.token}", "content-type": "application/json"}
    response = registry.client().post(f"{API}/publications", content=chunks(), headers=headers)
    assert (response.status_code, response.json()["code"]) == (413, "limit-exceeded")


def test_strangers_do_not_make_the_registry_read(registry: RegistryUnderTest) -> None:
    """Who is asked before the body: without a token even the worst body is just a 401."""
    for body, _, _ in REFUSED.values():
        assert Caller(registry).call("POST", "/publications", content=body).status == 401


def test_the_place_is_a_pointer_into_the_body(admin: Caller) -> None:
    """Whatever shape is wrong, the problem says where."""
    body = publication(service_version("orders", "ordering", "a1", provides=[{"contract": "a/b"}]))
    answer = admin.post("/publications", body)
    assert answer.body["place"]["file"] == "body"
    assert answer.body["place"]["path"].startswith("/service_versions/0/provides/0/")
    assert "more" in answer.body["detail"]


def test_the_place_of_a_syntax_error_is_a_line_and_a_column(admin: Caller) -> None:
    """What cannot be parsed has no pointer yet."""
    answer = admin.call("POST", "/publications", content=b'{\n  "release": tru\n}')
    assert answer.body["place"] == {"file": "body", "path": "", "line": 2, "column": 14, "end_line": None, "end_column": None}


MOMENTS = {
    "2027-01-01T00:00:00Z": 201,
    "2027-01-01t00:00:00.123456z": 201,
    "2027-01-01T05:30:00+05:30": 201,
    "2027-01-01T00:00:00": 400,
    "2027-01-01": 400,
    "1798761600": 400,
    "2027-13-01T00:00:00Z": 400,
    "9999-12-31T23:59:59-23:59": 400,
    "0001-01-01T00:00:00+23:59": 400,
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_moment_is_what_rfc_3339_calls_one(moment: str, admin: Caller) -> None:
    """A date-time without a zone, a bare date or seconds since 1970 would be a guess."""
    version = {**service_version("orders", "ordering", "a1"), "committed_at": moment}
    assert admin.post("/publications", publication(version)).status == MOMENTS[moment]


@pytest.mark.parametrize("seconds", [1798761600, 0, 1.5, True, None])
def test_a_moment_is_a_string(seconds: object, admin: Caller) -> None:
    """Numbers are not taken for seconds since 1970; null is the absence of a moment."""
    version = {**service_version("orders", "ordering", "a1"), "committed_at": seconds}
    assert admin.post("/publications", publication(version)).status == (201 if seconds is None else 400)
