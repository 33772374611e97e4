"""Environments and what runs there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from registry.domain.errors import NotFound, StateConflict
from registry.domain.records import DeploymentRecord, EnvironmentRecord, ServiceVersionRecord
from registry.storage.services import Services
from registry.storage.tables import DeploymentRow, EnvironmentRow, SupportRow


class Environments:
    """Where versions run, ran, or are supported."""

    def __init__(self, session: Session, namespace: str) -> None:
        self._session = session
        self._namespace = namespace
        self._services = Services(session, namespace)

    def add(self, name: str, *, production: bool, description: str, now: datetime) -> EnvironmentRecord:
        """Make an environment. Raises StateConflict when there is one of that name."""
        if self._find(name) is not None:
            raise StateConflict(f"There is an environment {name!r} already.", "Use it, or choose another name.")
        row = EnvironmentRow(namespace=self._namespace, name=name, production=production, description=description, created_at=now)
        self._session.add(row)
        self._session.flush()
        return _environment(row)

    def by_name(self, name: str) -> EnvironmentRecord:
        """Raises NotFound."""
        row = self._find(name)
        if row is None:
            raise NotFound("environment", name, f"Create it first: interlock environment create {name}")
        return _environment(row)

    def all(self) -> tuple[EnvironmentRecord, ...]:
        """All environments by name."""
        rows = self._session.scalars(
            select(EnvironmentRow).where(EnvironmentRow.namespace == self._namespace).order_by(EnvironmentRow.name)
        )
        return tuple(_environment(row) for row in rows)

    def deploy(
        self, environment: EnvironmentRecord, version: ServiceVersionRecord, instance: str, actor: str, now: datetime
    ) -> tuple[DeploymentRecord, bool]:
        """Record that a version runs; whatever ran before in its place has ended. Returns the row and whether it is new."""
        open_row = self._open(environment, version.service_id, instance)
        if open_row is not None and open_row.service_version_id == version.id:
            return self._deployments([open_row])[0], False
        if open_row is not None:
            open_row.ended_at = now
            self._session.flush()
        row = DeploymentRow(
            environment_id=environment.id,
            service_id=version.service_id,
            service_version_id=version.id,
            instance=instance,
            started_at=now,
            ended_at=None,
            actor=actor,
        )
        self._session.add(row)
        self._session.flush()
        return self._deployments([row])[0], True

    def undeploy(self, environment: EnvironmentRecord, service_id: int, instance: str, now: datetime) -> DeploymentRecord:
        """Record that nothing of the service runs in that place any more. Raises NotFound when nothing did."""
        row = self._open(environment, service_id, instance)
        if row is None:
            raise NotFound(f"deployment in {environment.name}", instance or "of that service")
        row.ended_at = now
        self._session.flush()
        return self._deployments([row])[0]

    def support(
        self, environment: EnvironmentRecord, version: ServiceVersionRecord, actor: str, now: datetime
    ) -> tuple[DeploymentRecord, bool]:
        """Record a release to the environment; it ends nothing. Returns the row and whether it is new."""
        row = self._open_support(environment, version)
        created = row is None
        if row is None:
            row = SupportRow(
                environment_id=environment.id, service_version_id=version.id, started_at=now, ended_at=None, actor=actor
            )
            self._session.add(row)
            self._session.flush()
        return self._supported([row])[0], created

    def end_support(self, environment: EnvironmentRecord, version: ServiceVersionRecord, now: datetime) -> DeploymentRecord:
        """Record that a released version is not supported any more. Raises NotFound when it was not."""
        row = self._open_support(environment, version)
        if row is None:
            raise NotFound(f"supported release of {version.service} in {environment.name}", version.version)
        row.ended_at = now
        self._session.flush()
        return self._supported([row])[0]

    def running(self, environment: EnvironmentRecord | None = None, service_id: int | None = None) -> tuple[DeploymentRecord, ...]:
        """What runs or is supported now: in one environment or in all, of one service or of all."""
        places = select(EnvironmentRow.id).where(EnvironmentRow.namespace == self._namespace)
        if environment is not None:
            places = places.where(EnvironmentRow.id == environment.id)
        deployed = select(DeploymentRow).where(DeploymentRow.ended_at.is_(None), DeploymentRow.environment_id.in_(places))
        supported = select(SupportRow).where(SupportRow.ended_at.is_(None), SupportRow.environment_id.in_(places))
        if service_id is not None:
            deployed = deployed.where(DeploymentRow.service_id == service_id)
        rows = self._deployments(list(self._session.scalars(deployed.order_by(DeploymentRow.id))))
        supports = self._supported(list(self._session.scalars(supported.order_by(SupportRow.id))))
        return (*rows, *(row for row in supports if service_id in (None, row.service_version.service_id)))

    def history(self, version_ids: Sequence[int]) -> tuple[DeploymentRecord, ...]:
        """Every deployment and release to an environment of some versions, newest first."""
        deployed = select(DeploymentRow).where(DeploymentRow.service_version_id.in_(version_ids)).order_by(DeploymentRow.id.desc())
        supported = select(SupportRow).where(SupportRow.service_version_id.in_(version_ids)).order_by(SupportRow.id.desc())
        return (
            *self._deployments(list(self._session.scalars(deployed))),
            *self._supported(list(self._session.scalars(supported))),
        )

    def _find(self, name: str) -> EnvironmentRow | None:
        return self._session.scalars(
            select(EnvironmentRow).where(EnvironmentRow.namespace == self._namespace, EnvironmentRow.name == name)
        ).one_or_none()

    def _open(self, environment: EnvironmentRecord, service_id: int, instance: str) -> DeploymentRow | None:
        return self._session.scalars(
            select(DeploymentRow)
            .where(
                DeploymentRow.environment_id == environment.id,
                DeploymentRow.service_id == service_id,
                DeploymentRow.instance == instance,
                DeploymentRow.ended_at.is_(None),
            )
            .with_for_update()
        ).one_or_none()

    def _open_support(self, environment: EnvironmentRecord, version: ServiceVersionRecord) -> SupportRow | None:
        return self._session.scalars(
            select(SupportRow)
            .where(
                SupportRow.environment_id == environment.id,
                SupportRow.service_version_id == version.id,
                SupportRow.ended_at.is_(None),
            )
            .with_for_update()
        ).one_or_none()

    def _deployments(self, rows: Sequence[DeploymentRow]) -> tuple[DeploymentRecord, ...]:
        return self._records(rows, [row.instance for row in rows], supported=False)

    def _supported(self, rows: Sequence[SupportRow]) -> tuple[DeploymentRecord, ...]:
        return self._records(rows, [""] * len(rows), supported=True)

    def _records(
        self, rows: Sequence[DeploymentRow] | Sequence[SupportRow], instances: Sequence[str], *, supported: bool
    ) -> tuple[DeploymentRecord, ...]:
        names = {row.id: row.name for row in self._session.scalars(_with_ids([row.environment_id for row in rows]))}
        versions = {row.id: row for row in self._services.versions_by_id([row.service_version_id for row in rows])}
        return tuple(
            DeploymentRecord(
                id=row.id,
                environment=names[row.environment_id],
                service_version=versions[row.service_version_id],
                instance=instance,
                started_at=row.started_at,
                ended_at=row.ended_at,
                supported=supported,
            )
            for row, instance in zip(rows, instances, strict=True)
        )


def _with_ids(identifiers: Sequence[int]) -> Select[EnvironmentRow]:
    return select(EnvironmentRow).where(EnvironmentRow.id.in_(set(identifiers)))


def _environment(row: EnvironmentRow) -> EnvironmentRecord:
    return EnvironmentRecord(row.id, row.name, row.production, row.description)
