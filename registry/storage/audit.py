"""The audit log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.domain.records import AuditRecord
from registry.storage.tables import AuditRow


class AuditLog:
    """Who did what to which thing; each row is written in the transaction that did it."""

    def __init__(self, session: Session, namespace: str) -> None:
        self._session = session
        self._namespace = namespace

    def add(self, *, at: datetime, actor: str, action: str, subject: str, detail: Mapping[str, Any] | None = None) -> None:
        """Append a row. `action` is `noun.verb`, `subject` names the thing."""
        self._session.add(
            AuditRow(namespace=self._namespace, at=at, actor=actor, action=action, subject=subject[:512], detail=dict(detail or {}))
        )
        self._session.flush()

    def newest(self, *, subject: str | None = None, before: int | None = None, limit: int = 100) -> tuple[AuditRecord, ...]:
        """Rows newest first: of one subject when asked, older than a row's id when paging."""
        statement = select(AuditRow).where(AuditRow.namespace == self._namespace).order_by(AuditRow.id.desc()).limit(limit)
        if subject is not None:
            statement = statement.where(AuditRow.subject == subject)
        if before is not None:
            statement = statement.where(AuditRow.id < before)
        rows = self._session.scalars(statement)
        return tuple(AuditRecord(row.id, row.at, row.actor, row.action, row.subject, row.detail) for row in rows)
