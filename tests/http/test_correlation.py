"""Correlation ids lead from a response to the log, and headers protect whoever shows a response."""

from __future__ import annotations

import pytest
import structlog

from tests.http.registry_under_test import Caller, RegistryUnderTest


def test_every_response_has_an_id_of_its_own(admin: Caller) -> None:
    """Two requests that offer none get two ids."""
    ids = {admin.get("/contracts").headers["x-correlation-id"] for _ in range(2)}
    assert len(ids) == 2


def test_a_sane_id_is_taken_over(admin: Caller) -> None:
    """A caller's own id comes back, and is in the log line with who asked and what came of it."""
    with structlog.testing.capture_logs(processors=[structlog.contextvars.merge_contextvars]) as lines:
        answer = admin.get("/contracts/Nothing", x_correlation_id="build-7.2:check")
    assert answer.headers["x-correlation-id"] == answer.body["correlation_id"] == "build-7.2:check"
    line = lines[-1]
    assert (line["event"], line["correlation_id"], line["actor"]) == ("request", "build-7.2:check", "root")
    assert (line["method"], line["path"], line["status"], line["problem"]) == ("GET", "/api/v1/contracts/Nothing", 404, "not-found")


@pytest.mark.parametrize("offered", ["", "a b", "x" * 129, 'x","level":"error', "x\ty", "ü"])
def test_an_id_that_could_forge_a_log_is_replaced(offered: str, registry: RegistryUnderTest) -> None:
    """What is not a plain word gives way to an own id."""
    headers = {"x-correlation-id": offered.encode()}
    answer = registry.client().get("/health/live", headers=headers)  # type: ignore[arg-type]
    assert answer.headers["x-correlation-id"] not in {"", offered}


def test_no_log_line_holds_a_token(registry: RegistryUnderTest, admin: Caller) -> None:
    """Neither a good nor a bad token is written down, on any path."""
    with structlog.testing.capture_logs(processors=[structlog.contextvars.merge_contextvars]) as lines:
        admin.post("/tokens", {"name": "ci", "scopes": ["read"]})
        Caller(registry, "ilk_" + "1" * 72).get("/contracts")
        Caller(registry, "ghp_something").get("/contracts")
    assert lines
    assert not any(word in repr(lines) for word in ("ilk_", "ghp_", "Bearer"))


@pytest.mark.parametrize("path", ["/contracts", "/nowhere", "/openapi.json"])
def test_every_response_is_safe_to_show(path: str, admin: Caller) -> None:
    """Nothing is sniffed, framed, scripted, leaked by referrer or kept by a cache."""
    headers = admin.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
    assert "server" not in headers
