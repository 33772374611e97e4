"""Contracts, their names, their numbered releases, and what happened to those."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.storage.tables.base import Digest, Id, Name, Table


class ContractRow(Table):
    """A contract under an opaque id: its name may change, its identity does not."""

    __tablename__ = "contracts"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    namespace: Mapped[Name]
    kind: Mapped[str] = mapped_column(String(32))
    team: Mapped[Name]
    service_id: Mapped[int | None] = mapped_column(ForeignKey("services.id"), index=True)
    is_event: Mapped[bool]
    entity: Mapped[str | None] = mapped_column(String(255))
    mode: Mapped[str] = mapped_column(String(32))
    on_unknown: Mapped[str] = mapped_column(String(16))
    description: Mapped[str] = mapped_column(Text)
    policy: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime]


class ContractNameRow(Table):
    """A name that leads to a contract. One is current; the others are aliases and stay taken."""

    __tablename__ = "contract_names"

    namespace: Mapped[Name] = mapped_column(primary_key=True)
    name: Mapped[Name] = mapped_column(primary_key=True)
    contract_id: Mapped[str] = mapped_column(ForeignKey("contracts.id"), index=True)
    is_current: Mapped[bool]


class ReleaseRow(Table):
    """A number that a revision of a contract was given. Immutable. `changes` is the classified change log entry."""

    __tablename__ = "releases"
    __table_args__ = (
        UniqueConstraint("contract_id", "version"),
        UniqueConstraint("contract_id", "ordinal"),
        ForeignKeyConstraint(["namespace", "revision"], ["revisions.namespace", "revisions.digest"]),
        Index(None, "contract_id", "revision"),
    )

    id: Mapped[Id]
    namespace: Mapped[Name]
    contract_id: Mapped[str] = mapped_column(ForeignKey("contracts.id"))
    version: Mapped[str] = mapped_column(String(255))
    ordinal: Mapped[int] = mapped_column(BigInteger)
    revision: Mapped[Digest]
    entry: Mapped[str] = mapped_column(String(1024))
    examples: Mapped[list[str]] = mapped_column(JSON)
    service_version_id: Mapped[int] = mapped_column(ForeignKey("service_versions.id"))
    baseline: Mapped[str] = mapped_column(String(255))
    changes: Mapped[dict[str, Any]] = mapped_column(JSON)
    released_at: Mapped[datetime]
    actor: Mapped[Name]


class ReleaseStateRow(Table):
    """Something that happened to a release: deprecated, yanked, superseded. Append-only; the newest row tells the state."""

    __tablename__ = "release_states"

    id: Mapped[Id]
    release_id: Mapped[int] = mapped_column(ForeignKey("releases.id"), index=True)
    state: Mapped[str] = mapped_column(String(32))
    reason: Mapped[str] = mapped_column(Text)
    sunset: Mapped[datetime | None]
    at: Mapped[datetime]
    actor: Mapped[Name]


class WaiverRow(Table):
    """Leave for one rule to break one element of a contract, until it expires. Append-only."""

    __tablename__ = "waivers"

    id: Mapped[Id]
    contract_id: Mapped[str] = mapped_column(ForeignKey("contracts.id"), index=True)
    rule: Mapped[Name]
    element: Mapped[str] = mapped_column(String(1024))
    reason: Mapped[str] = mapped_column(Text)
    actor: Mapped[Name]
    expires_at: Mapped[datetime]
    created_at: Mapped[datetime]


class ComparisonRow(Table):
    """The outcome of comparing two revisions. Derived: may be dropped and computed again."""

    __tablename__ = "comparisons"

    namespace: Mapped[Name] = mapped_column(primary_key=True)
    contract_id: Mapped[str] = mapped_column(ForeignKey("contracts.id"), primary_key=True)
    old: Mapped[Digest] = mapped_column(primary_key=True)
    new: Mapped[Digest] = mapped_column(primary_key=True)
    mode: Mapped[str] = mapped_column(String(32), primary_key=True)
    engine: Mapped[str] = mapped_column(String(64), primary_key=True)
    as_of_day: Mapped[str] = mapped_column(String(10), primary_key=True)
    outcome: Mapped[dict[str, Any]] = mapped_column(JSON)
