"""Migrations and tables say the same."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from registry.domain.contract import Source
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
