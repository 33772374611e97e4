"""INSERT ... ON CONFLICT DO NOTHING on both databases: how publishers that race agree on one row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from registry.storage.tables import Table


def insert_new(session: Session, table: type[Table], rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert the rows that do not exist yet, in the order given; return how many were new.

    Callers sort the rows by key, so that two transactions never wait for each other in a circle.
    """
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    new = 0
    for row in rows:
        # RETURNING tells what was written; the row count of an insert is not reported alike by the two drivers.
        statement = insert(table).values(**row).on_conflict_do_nothing().returning(*inspect(table).primary_key)
        new += len(session.connection().execute(statement).all())
    return new
