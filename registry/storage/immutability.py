"""Triggers that keep history from being rewritten, on SQLite and PostgreSQL.

They are (re)installed after every migration by `migrations/env.py`: Alembic's batch mode on SQLite rebuilds a table and drops its
triggers in silence, so leaving it to each migration to remember would fail one day.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, inspect, text

FROZEN = (
    "revisions",
    "revision_files",
    "service_versions",
    "service_version_branches",
    "bindings",
    "uses",
    "releases",
    "release_states",
    "waivers",
    "pact_publications",
    "verifications",
    "audit",
)
"""Tables whose rows are never updated and never deleted."""

PURGEABLE = "blobs"
"""The one table where an update is allowed: nulling `data` of a row that has some, with everything else left as it is."""

_PURGE = (
    "NEW.namespace = OLD.namespace AND NEW.digest = OLD.digest AND NEW.size = OLD.size"
    " AND OLD.data IS NOT NULL AND NEW.data IS NULL AND NEW.purged_at IS NOT NULL"
)


def trigger_names(dialect: str) -> frozenset[str]:
    """The names of every trigger that must stand on a database of this dialect."""
    tables = (*FROZEN, PURGEABLE)
    actions = ("update", "delete", "truncate") if dialect == "postgresql" else ("update", "delete")
    return frozenset(f"immutable_{table}_{action}" for table in tables for action in actions)


def install(connection: Connection) -> None:
    """Create all triggers anew; tables that do not exist (yet, or any more) are passed over."""
    present = set(inspect(connection).get_table_names())
    tables = [table for table in (*FROZEN, PURGEABLE) if table in present]
    statements = _postgresql(tables) if connection.dialect.name == "postgresql" else _sqlite(tables)
    for statement in statements:
        connection.execute(text(statement))


def _sqlite(tables: list[str]) -> Iterator[str]:
    for table in tables:
        for action in ("update", "delete"):
            name = f"immutable_{table}_{action}"
            allowed = f" WHEN NOT ({_PURGE})" if (table, action) == (PURGEABLE, "update") else ""
            yield f"DROP TRIGGER IF EXISTS {name}"
            yield (
                f"CREATE TRIGGER {name} BEFORE {action.upper()} ON {table}{allowed}"
                f" BEGIN SELECT RAISE(ABORT, '{table} is immutable'); END"
            )


def _postgresql(tables: list[str]) -> Iterator[str]:
    yield (
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$"
        " BEGIN RAISE EXCEPTION '% is immutable', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$"
    )
    for table in tables:
        for action in ("update", "delete", "truncate"):
            name = f"immutable_{table}_{action}"
            yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
            each = "STATEMENT" if action == "truncate" else "ROW"
            allowed = f" WHEN (NOT ({_PURGE}))" if (table, action) == (PURGEABLE, "update") else ""
            yield (
                f"CREATE TRIGGER {name} BEFORE {action.upper()} ON {table} FOR EACH {each}{allowed}"
                " EXECUTE FUNCTION refuse_change()"
            )
