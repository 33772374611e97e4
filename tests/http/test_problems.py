"""Errors that are nobody's fault in particular: unknown addresses, a database that is gone, and what nobody foresaw."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
import structlog

from registry.domain.errors import error_classes
from registry.http.api import create_api
from registry.storage.database import Database
from tests.http.registry_under_test import Caller, RegistryUnderTest, TestClient

MEMBERS = {"type", "title", "status", "detail", "code", "place", "next_step", "facts", "correlation_id"}


@pytest.mark.parametrize("path", ["/nowhere", "/contracts/", "/contracts/a/b/c", "/environments/"])
def test_an_unknown_address_is_a_problem(path: str, admin: Caller) -> None:
    """404 comes in the shape of every other error, and no slash is redirected."""
    answer = admin.get(path)
    assert (answer.status, answer.body["code"]) == (404, "not-found")
    assert answer.body.keys() == MEMBERS


def test_an_unknown_method_is_a_problem(admin: Caller) -> None:
    """405 names every method that the address answers to."""
    answer = admin.call("PATCH", "/environments")
    assert (answer.status, answer.body["code"], answer.headers["allow"]) == (405, "method-not-allowed", "GET, POST")


@pytest.mark.parametrize(
    "path",
    [
        "/contracts/a%2Fb",
        "/contracts/%00",
        "/contracts?limit=0",
        "/contracts?limit=201",
        "/contracts?limit=many",
        "/contracts?kind=wsdl",
        "/contracts?knid=openapi",
        "/contracts/x/releases?before=99999999999999999999",
        "/revisions/abc",
        "/can-i-deploy?service=orders&version=a1",
        "/audit?subject=%00",
    ],
)
def test_a_bad_parameter_is_a_problem(path: str, admin: Caller) -> None:
    """What cannot be a name, a number or a digest is refused before any query, and a misspelled parameter is not ignored."""
    answer = admin.get(path)
    assert answer.status in {400, 404}
    assert answer.body.keys() == MEMBERS


def test_what_nobody_foresaw_is_told_without_its_insides(
    registry: RegistryUnderTest, admin: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """500 carries the correlation id and no traceback; the log carries both."""

    def explode(*_: object) -> None:
        raise ZeroDivisionError("secret insides")

    monkeypatch.setattr(type(registry.database), "ping", explode)
    with structlog.testing.capture_logs() as lines:
        response = registry.client().get("/health/ready", headers={"x-correlation-id": "find-me"})
    assert (response.status_code, response.json()["code"]) == (500, "internal")
    assert response.json()["correlation_id"] == response.headers["x-correlation-id"] == "find-me"
    assert "secret" not in response.text
    assert [line["event"] for line in lines] == ["unexpected error", "request"]
    assert lines[0]["exc_info"]


def test_a_database_that_is_gone_is_unavailable(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """503 says that trying again may help; liveness does not depend on the database."""
    caplog.set_level(logging.CRITICAL)
    registry = RegistryUnderTest(Database(f"sqlite:///{tmp_path}/missing/interlock.db"))
    client = TestClient(create_api(registry.runtime), raise_server_exceptions=False)
    ready = client.get("/health/ready")
    assert (ready.status_code, ready.json()["code"], ready.headers["retry-after"]) == (503, "unavailable", "1")
    answer = Caller(registry, "ilk_" + "0" * 64 + "42e81921").get("/contracts")
    assert answer.status in {401, 503}
    assert client.get("/health/live").json() == {"status": "ok"}


def test_a_registry_without_its_schema_is_not_ready(tmp_path: Path) -> None:
    """An empty database answers, and still cannot serve."""
    registry = RegistryUnderTest(Database(f"sqlite:///{tmp_path}/empty.db"))
    assert TestClient(create_api(registry.runtime)).get("/health/ready").status_code == 503


def test_every_error_class_can_be_answered() -> None:
    """Each class of the tree has a code of its own and an HTTP status."""
    classes = list(error_classes())
    leaves = [cls for cls in classes if not cls.__name__.startswith("_")]
    assert len({cls.code for cls in leaves}) == len(leaves)
    assert {cls.status for cls in leaves} <= {400, 401, 403, 404, 409, 413, 415, 503}
