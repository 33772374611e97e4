"""Environments, and what runs or is supported there."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from registry.storage.tables.base import Id, Name, Table


class EnvironmentRow(Table):
    """A place where versions run."""

    __tablename__ = "environments"
    __table_args__ = (UniqueConstraint("namespace", "name"),)

    id: Mapped[Id]
    namespace: Mapped[Name]
    name: Mapped[Name]
    production: Mapped[bool]
    description: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]


class DeploymentRow(Table):
    """A version that runs, or ran, in an environment. At most one open row per environment, service and application instance."""

    __tablename__ = "deployments"
    __table_args__ = (
        Index(
            "uq_deployments_open",
            "environment_id",
            "service_id",
            "instance",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index(None, "environment_id", "ended_at"),
    )

    id: Mapped[Id]
    environment_id: Mapped[int] = mapped_column(ForeignKey("environments.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"))
    service_version_id: Mapped[int] = mapped_column(ForeignKey("service_versions.id"), index=True)
    instance: Mapped[Name]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    actor: Mapped[Name]


class SupportRow(Table):
    """A version released to an environment, such as an app in a store: it ends nothing, and several are supported at once."""

    __tablename__ = "supports"
    __table_args__ = (
        Index(
            "uq_supports_open",
            "environment_id",
            "service_version_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    environment_id: Mapped[int] = mapped_column(ForeignKey("environments.id"))
    service_version_id: Mapped[int] = mapped_column(ForeignKey("service_versions.id"))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    actor: Mapped[Name]
