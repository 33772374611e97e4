"""Services, their versions, and what each version provides and consumes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, BigInteger, ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.storage.tables.base import Digest, Id, Name, Table


class ServiceRow(Table):
    """A deployable unit, owned by a team."""

    __tablename__ = "services"
    __table_args__ = (UniqueConstraint("namespace", "name"),)

    id: Mapped[Id]
    namespace: Mapped[Name]
    name: Mapped[Name]
    team: Mapped[Name]
    domain: Mapped[Name]
    description: Mapped[str] = mapped_column(Text)
    main_branch: Mapped[Name]
    created_at: Mapped[datetime]


class EntityRow(Table):
    """A business entity and the one service that is its system of record."""

    __tablename__ = "entities"

    namespace: Mapped[Name] = mapped_column(primary_key=True)
    name: Mapped[Name] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"))
    team: Mapped[Name]


class ServiceVersionRow(Table):
    """One version of a service: any string, usually a commit. `content` identifies all that it was published with."""

    __tablename__ = "service_versions"
    __table_args__ = (
        UniqueConstraint("namespace", "service_id", "version"),
        Index(None, "service_id", "commit"),
    )

    id: Mapped[Id]
    namespace: Mapped[Name]
    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"))
    version: Mapped[Name]
    content: Mapped[Digest]
    repository: Mapped[str] = mapped_column(String(1024))
    commit: Mapped[Name]
    branch: Mapped[Name]
    committed_at: Mapped[datetime | None]
    published_at: Mapped[datetime]
    actor: Mapped[Name]


class ServiceVersionBranchRow(Table):
    """A branch from which a service version was published: a commit that was first built for a pull request reaches main later."""

    __tablename__ = "service_version_branches"

    service_version_id: Mapped[int] = mapped_column(ForeignKey("service_versions.id"), primary_key=True)
    branch: Mapped[Name] = mapped_column(primary_key=True)
    published_at: Mapped[datetime]
    actor: Mapped[Name]


class BindingRow(Table):
    """What one service version provides or consumes. `channel` and `retention_seconds` are for events."""

    __tablename__ = "bindings"
    __table_args__ = (
        UniqueConstraint("service_version_id", "role", "contract_id", "revision", "channel"),
        ForeignKeyConstraint(["namespace", "revision"], ["revisions.namespace", "revisions.digest"]),
        Index(None, "contract_id", "role"),
    )

    id: Mapped[Id]
    namespace: Mapped[Name]
    service_version_id: Mapped[int] = mapped_column(ForeignKey("service_versions.id"))
    role: Mapped[str] = mapped_column(String(16))
    contract_id: Mapped[str] = mapped_column(ForeignKey("contracts.id"))
    revision: Mapped[Digest]
    entry: Mapped[str] = mapped_column(String(1024))
    declared_version: Mapped[str | None] = mapped_column(String(255))
    channel: Mapped[str] = mapped_column(String(255))
    retention_seconds: Mapped[int | None] = mapped_column(BigInteger)
    examples: Mapped[list[str]] = mapped_column(JSON)


class UseRow(Table):
    """An element of a contract that a consumer's manifest says it uses."""

    __tablename__ = "uses"

    service_version_id: Mapped[int] = mapped_column(ForeignKey("service_versions.id"), primary_key=True)
    contract_id: Mapped[str] = mapped_column(ForeignKey("contracts.id"), primary_key=True)
    element: Mapped[str] = mapped_column(String(1024), primary_key=True)
