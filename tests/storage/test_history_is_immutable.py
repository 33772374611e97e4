"""History cannot be rewritten, on either database, after any migration."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from registry.domain.contract import Source, digest_of
from registry.domain.errors import StateConflict
from registry.storage import immutability
from registry.storage.database import Database
from registry.storage.tables import Table

NOW = datetime(2026, 11, 22, tzinfo=UTC)
SOURCE = Source({"order.json": b'{"type": "object"}'}, "order.json")


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    database.write(lambda store: store.revisions.put(SOURCE, NOW))
    database.write(lambda store: store.audit.add(at=NOW, actor="t", action="a.b", subject="s"))
    with database.engine.connect().execution_options(interlock_writes=True) as open_connection:
        yield open_connection


def standing_triggers(connection: Connection) -> set[str]:
    if connection.dialect.name == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    return set(connection.execute(text(query)).scalars())


def test_every_trigger_stands_after_every_migration(database: Database) -> None:
    """Down to nothing and up again, all triggers are there."""
    database.migrate("base")
    database.migrate()
    with database.engine.connect() as connection:
        assert standing_triggers(connection) == immutability.trigger_names(connection.dialect.name)


def test_a_rebuilt_table_gets_its_triggers_back(database: Database) -> None:
    """A batch rebuild drops the triggers of a table on SQLite; installing puts them back."""
    with database.engine.connect().execution_options(interlock_writes=True) as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER immutable_releases_update"))
        else:
            connection.execute(text("DROP TRIGGER immutable_releases_update ON releases"))
        immutability.install(connection)
        assert standing_triggers(connection) == immutability.trigger_names(connection.dialect.name)
        connection.rollback()


def test_every_table_that_is_history_is_named() -> None:
    """The frozen tables exist; a renamed table would silently lose its protection."""
    assert {*immutability.FROZEN, immutability.PURGEABLE} <= set(Table.metadata.tables)


@pytest.mark.parametrize("statement", ["UPDATE revisions SET created_at = created_at", "DELETE FROM revisions"])
def test_a_revision_is_neither_changed_nor_deleted(connection: Connection, statement: str) -> None:
    """UPDATE and DELETE of history are refused by the database itself."""
    with pytest.raises(DBAPIError, match="revisions is immutable"):
        connection.execute(text(statement))


def test_the_audit_log_is_append_only(connection: Connection) -> None:
    """Nobody edits what was done."""
    with pytest.raises(DBAPIError, match="audit is immutable"):
        connection.execute(text("UPDATE audit SET actor = 'somebody else'"))


def test_postgresql_refuses_truncate(connection: Connection) -> None:
    """TRUNCATE would go past row triggers; SQLite has no such statement."""
    if connection.dialect.name == "sqlite":
        with pytest.raises(DBAPIError, match="syntax error"):
            connection.execute(text("TRUNCATE audit"))
        return
    with pytest.raises(DBAPIError, match="audit is immutable"):
        connection.execute(text("TRUNCATE audit CASCADE"))


@pytest.mark.parametrize(
    "change", ["data = NULL, purged_at = NULL", "data = NULL, size = 0, purged_at = '2026-01-01'", "digest = 'x'"]
)
def test_a_blob_changes_only_by_a_purge(connection: Connection, change: str) -> None:
    """The one allowed update nulls the bytes, dates the purge, and leaves digest and size."""
    with pytest.raises(DBAPIError, match="blobs is immutable"):
        connection.execute(text(f"UPDATE blobs SET {change}"))


def test_a_purge_forgets_the_bytes_and_keeps_the_digest(database: Database) -> None:
    """After a purge the revision still lists its file, and reading the bytes says that they were purged."""
    digest = digest_of(SOURCE.files["order.json"])
    database.write(lambda store: store.revisions.put(SOURCE, NOW))
    database.write(lambda store: store.revisions.purge(digest, NOW))
    with database.read() as store:
        assert store.revisions.files(SOURCE.digest) == (("order.json", digest, 18),)
        with pytest.raises(StateConflict, match="purged"):
            store.revisions.source(SOURCE.digest, SOURCE.entry)
