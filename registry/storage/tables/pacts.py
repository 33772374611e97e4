"""Pacts, the consumer versions that published them, and the providers' verifications."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.storage.tables.base import Digest, Id, Name, Table


class PactRow(Table):
    """The content of a pact, by the hash over what affects its verification. `uses` is what it exercises (derived)."""

    __tablename__ = "pacts"
    __table_args__ = (
        UniqueConstraint("namespace", "consumer", "provider", "content"),
        Index(None, "namespace", "provider"),
    )

    id: Mapped[Id]
    namespace: Mapped[Name]
    consumer: Mapped[Name]
    provider: Mapped[Name]
    content: Mapped[Digest]
    uses: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime]


class PactPublicationRow(Table):
    """A consumer version that published a pact, with the exact bytes it sent."""

    __tablename__ = "pact_publications"
    __table_args__ = (ForeignKeyConstraint(["namespace", "blob"], ["blobs.namespace", "blobs.digest"]),)

    namespace: Mapped[Name]
    service_version_id: Mapped[int] = mapped_column(ForeignKey("service_versions.id"), primary_key=True)
    pact_id: Mapped[int] = mapped_column(ForeignKey("pacts.id"), primary_key=True, index=True)
    blob: Mapped[Digest]


class VerificationRow(Table):
    """A provider version that ran a pact. Keyed by content: equal content inherits the result. Append-only, newest counts."""

    __tablename__ = "verifications"
    __table_args__ = (Index(None, "namespace", "content", "provider", "service_version_id"),)

    id: Mapped[Id]
    namespace: Mapped[Name]
    content: Mapped[Digest]
    provider: Mapped[Name]
    service_version_id: Mapped[int] = mapped_column(ForeignKey("service_versions.id"))
    success: Mapped[bool]
    results: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    verifier: Mapped[str] = mapped_column(String(255))
    verified_at: Mapped[datetime]
    actor: Mapped[Name]
