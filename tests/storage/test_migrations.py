"""Migrations and tables say the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from registry.domain.contract import Source
from registry.domain.errors import Unavailable
from registry.storage.database import Database
from registry.storage.tables import Table
from tests.storage.test_history_is_immutable import NOW


def test_the_migrated_schema_is_the_declared_one(database: Database) -> None:
    """Autogeneration finds nothing to do on a migrated database."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "target_metadata": Table.metadata})
        assert compare_metadata(context, Table.metadata) == []


def test_migrating_twice_changes_nothing(database: Database) -> None:
    """A server that starts on a migrated database keeps what is there."""
    source = Source({"a.json": b"{}"}, "a.json")
    database.write(lambda store: store.revisions.put(source, NOW))
    database.migrate()
    with database.read() as store:
        assert store.revisions.source(source.digest, "a.json") == source


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_a_database_without_the_schema_is_not_ready(dialect: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """The readiness probe says so with the right error, whichever way the database words it."""
    url = f"sqlite:///{tmp_path / 'empty.db'}" if dialect == "sqlite" else request.getfixturevalue("postgresql_url")
    database = Database(url)
    if dialect == "postgresql":
        database.migrate("base")
    with pytest.raises(Unavailable):
        database.ping()
    database.close()
