"""What only the database can refuse comes out as a problem too, never as an internal error."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from registry.storage.database import Database
from tests.http.registry_under_test import Caller, RegistryUnderTest, encoded, pact, publication, service_version


def test_a_name_that_no_column_holds(postgresql_url: str) -> None:
    """A pact may name a provider as it likes; PostgreSQL holds 255 characters of it, and says so."""
    registry = RegistryUnderTest(Database(postgresql_url))
    pacts = [{"name": "p.json", "content": encoded(pact("storefront", "o" * 256))}]
    before = registry.rows()
    admin = registry.admin()
    answer = admin.post("/publications", publication(service_version("storefront", "front", "s1", pacts=pacts)))
    assert (answer.status, answer.body["code"]) == (400, "bad-request")
    assert registry.rows() == {**before, "tokens": 1, "audit": 1}
    registry.database.close()


def test_busy_connections_are_unavailable(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """When all connections are taken for too long the registry says to come again."""
    database = Database(database_url, pool_size=1)
    registry = RegistryUnderTest(database)
    token = registry.admin().token
    monkeypatch.setattr(database.engine.pool, "_timeout", 0.05)
    with ExitStack() as taken:
        for _ in range(2):
            taken.enter_context(database.engine.connect())
        answer = Caller(registry, token).get("/contracts")
        assert (answer.status, answer.body["code"], answer.headers["retry-after"]) == (503, "unavailable", "1")
    assert Caller(registry, token).get("/contracts").status == 200
    database.close()
