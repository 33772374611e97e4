"""Connections and transactions on SQLite (WAL) and PostgreSQL: one transaction a request, committed here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session

from registry.domain.errors import BadRequest, Unavailable
from registry.storage.store import Store

Result = TypeVar("Result")

_WRITES = "interlock_writes"
_ATTEMPTS = 5


class Database:
    """A database by URL. `sqlite:///file` is opened in WAL mode; `postgresql+psycopg://` is used as it is."""

    def __init__(self, url: str, *, namespace: str = "default", pool_size: int = 10) -> None:
        self.url = url
        self.namespace = namespace
        self.engine = _engine(url, pool_size)

    @contextmanager
    def read(self) -> Generator[Store]:
        """A transaction that is rolled back at the end: whoever only looks leaves nothing behind.

        Raises Unavailable when the database does not answer.
        """
        with _translated(), self._session(writes=False) as session:
            yield Store(session, self.namespace)

    def write(self, work: Callable[[Store], Result]) -> Result:
        """Run `work` in one transaction and commit it; when this returns, the work is durable.

        Work that lost a race (a unique row appeared, a deadlock was broken) is run again from the start, so it must not have
        effects outside the store. Raises Unavailable when the database does not answer or the race goes on.
        """
        with _translated():
            for _ in range(_ATTEMPTS - 1):
                try:
                    return self._commit(work)
                except DBAPIError as error:
                    if not _lost_race(error):
                        raise
            return self._commit(work)

    def _commit(self, work: Callable[[Store], Result]) -> Result:
        with self._session(writes=True) as session:
            result = work(Store(session, self.namespace))
            session.commit()
            return result

    def migrate(self, revision: str = "head") -> None:
        """Bring the schema to a revision; on a fresh database this makes it."""
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        with _translated(), self.engine.connect().execution_options(**{_WRITES: True}) as connection:
            if self.engine.dialect.name == "postgresql":
                # Replicas that start together migrate one after the other.
                connection.execute(text("SELECT pg_advisory_xact_lock(7203114)"))
            config.attributes["connection"] = connection
            direction = command.downgrade if revision == "base" else command.upgrade
            direction(config, revision)
            connection.commit()

    def ping(self) -> None:
        """Raise Unavailable unless the database answers a query and carries the schema."""
        try:
            with _translated(), self.engine.connect() as connection:
                connection.execute(text("SELECT 1 FROM services LIMIT 1"))
        except ProgrammingError as error:
            raise Unavailable(f"The database does not carry the schema: {_reason(error)}") from error

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()

    @contextmanager
    def _session(self, *, writes: bool) -> Generator[Session]:
        with self.engine.connect() as raw:
            connection = raw.execution_options(**{_WRITES: writes})
            with Session(connection, expire_on_commit=False) as session:
                yield session


def _lost_race(error: DBAPIError) -> bool:
    """Whether another transaction was first, so that running the work again will see what it did."""
    reason = getattr(error.orig, "sqlstate", None) or getattr(error.orig, "sqlite_errorname", None)
    return reason in {"23505", "40001", "40P01", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"}


@contextmanager
def _translated() -> Generator[None]:
    try:
        yield
    except IntegrityError as error:
        if not _lost_race(error):
            raise  # a broken reference or a refused change of history is a fault of the program, not of the hour
        raise Unavailable(f"Concurrent requests keep changing the same rows: {_reason(error)}") from error
    except OperationalError as error:
        raise Unavailable(f"The database does not serve: {_reason(error)}") from error
    except PoolTimeoutError as error:
        raise Unavailable("All connections to the database are busy.") from error
    except DataError as error:
        # The doors bound what they let in; PostgreSQL also refuses what only SQLite would take, such as a name too long.
        raise BadRequest(f"The database cannot hold this: {_reason(error)}") from error


def _reason(error: DBAPIError) -> str:
    return str(error.orig).strip().splitlines()[0]


def _engine(url: str, pool_size: int) -> Engine:
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, pool_size=pool_size, max_overflow=pool_size, pool_pre_ping=True)
    options = {"timeout": 60, "check_same_thread": False}
    engine = create_engine(url, pool_size=pool_size, max_overflow=pool_size, connect_args=options)
    event.listen(engine, "connect", _open_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _open_sqlite(dbapi_connection: Any, _record: object) -> None:
    # The driver's own transaction handling begins late and upgrades locks, which deadlocks writers; ours begins explicitly.
    dbapi_connection.isolation_level = None
    # Recursive triggers make INSERT OR REPLACE fire the delete triggers that guard history.
    cursor = dbapi_connection.cursor()
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "recursive_triggers = ON",
        "busy_timeout = 60000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
