"""Tokens and the audit log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.storage.tables.base import Digest, Id, Name, Table


class TokenRow(Table):
    """An access token: only its keyed hash is kept."""

    __tablename__ = "tokens"
    __table_args__ = (UniqueConstraint("namespace", "name"),)

    id: Mapped[Id]
    namespace: Mapped[Name]
    name: Mapped[Name]
    keyed_hash: Mapped[Digest] = mapped_column(unique=True)
    scopes: Mapped[list[str]] = mapped_column(JSON)
    created_at: Mapped[datetime]
    created_by: Mapped[Name]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class AuditRow(Table):
    """Who did what to which thing, written in the transaction that did it. Append-only."""

    __tablename__ = "audit"
    __table_args__ = (Index(None, "namespace", "subject"),)

    id: Mapped[Id]
    namespace: Mapped[Name]
    at: Mapped[datetime]
    actor: Mapped[Name]
    action: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(String(512))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
