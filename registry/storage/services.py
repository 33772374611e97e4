"""Services, entities, service versions and their bindings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from registry.domain.contract import ContractKind
from registry.domain.errors import NotFound, OwnedByOther
from registry.domain.manifest import ServiceIdentity
from registry.domain.records import BindingRecord, Role, ServiceRecord, ServiceVersionRecord
from registry.domain.semver import Version
from registry.storage.inserting import insert_new
from registry.storage.tables import (
    BindingRow,
    ContractNameRow,
    ContractRow,
    EntityRow,
    ServiceRow,
    ServiceVersionBranchRow,
    ServiceVersionRow,
    UseRow,
)


@dataclass(frozen=True, slots=True)
class NewServiceVersion:
    """The facts of a service version that is about to be kept."""

    service: ServiceRecord
    version: str
    content: str
    repository: str
    commit: str
    branch: str
    committed_at: datetime | None
    published_at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class NewBinding:
    """The facts of a binding that is about to be kept."""

    role: Role
    contract_id: str
    revision: str
    entry: str
    declared_version: Version | None = None
    channel: str = ""
    retention_seconds: int | None = None
    examples: tuple[str, ...] = ()


_COMMIT_BEGINNING = re.compile(r"[0-9a-f]{8,39}")


class Services:
    """Services and what their versions promise and use."""

    def __init__(self, session: Session, namespace: str) -> None:
        self._session = session
        self._namespace = namespace

    def ensure(self, identity: ServiceIdentity, now: datetime) -> tuple[ServiceRecord, bool]:
        """The service of that name, locked for this transaction, and whether it was made now.

        Raises OwnedByOther when another team owns it.
        """
        created = insert_new(
            self._session,
            ServiceRow,
            [
                {
                    "namespace": self._namespace,
                    "name": identity.name,
                    "team": identity.team,
                    "domain": identity.domain,
                    "description": identity.description,
                    "main_branch": identity.main_branch,
                    "created_at": now,
                }
            ],
        )
        row = self._session.scalars(self._by_name(identity.name).with_for_update()).one()
        if row.team != identity.team:
            raise OwnedByOther("service", identity.name, row.team, identity.team)
        return _service(row), bool(created)

    def describe(self, service: ServiceRecord, identity: ServiceIdentity) -> None:
        """Take over what the manifest on the main branch says of the service."""
        row = self._session.get_one(ServiceRow, service.id)
        row.domain, row.description, row.main_branch = identity.domain, identity.description, identity.main_branch

    def transfer(self, service: ServiceRecord, team: str) -> None:
        """Give the service and its entities to another team."""
        self._session.get_one(ServiceRow, service.id).team = team
        for entity in self._session.scalars(select(EntityRow).where(EntityRow.service_id == service.id)):
            entity.team = team

    def by_name(self, name: str) -> ServiceRecord:
        """Raises NotFound."""
        row = self._session.scalars(self._by_name(name)).one_or_none()
        if row is None:
            raise NotFound("service", name)
        return _service(row)

    def lock(self, name: str) -> ServiceRecord:
        """The service of that name, locked for this transaction, for whoever is about to change it. Raises NotFound."""
        self._session.scalars(self._by_name(name).with_for_update()).one_or_none()
        return self.by_name(name)

    def find(self, name: str) -> ServiceRecord | None:
        """The service of that name, if there is one."""
        row = self._session.scalars(self._by_name(name)).one_or_none()
        return None if row is None else _service(row)

    def all(self) -> tuple[ServiceRecord, ...]:
        """All services by name."""
        rows = self._session.scalars(select(ServiceRow).where(ServiceRow.namespace == self._namespace).order_by(ServiceRow.name))
        return tuple(_service(row) for row in rows)

    def claim_entity(self, name: str, service: ServiceRecord) -> bool:
        """Make the service the system of record of an entity; whether it was not yet. Raises OwnedByOther when another one is."""
        claimed = insert_new(
            self._session,
            EntityRow,
            [{"namespace": self._namespace, "name": name, "service_id": service.id, "team": service.team}],
        )
        row = self._session.get_one(EntityRow, (self._namespace, name))
        if row.service_id != service.id:
            owner = self._session.get_one(ServiceRow, row.service_id)
            raise OwnedByOther("entity", name, f"{row.team} ({owner.name})", f"{service.team} ({service.name})")
        return bool(claimed)

    def entities(self, service: ServiceRecord) -> tuple[str, ...]:
        """The entities that the service is the system of record of."""
        rows = self._session.scalars(select(EntityRow.name).where(EntityRow.service_id == service.id).order_by(EntityRow.name))
        return tuple(rows)

    def add_version(self, new: NewServiceVersion) -> ServiceVersionRecord:
        """Keep a service version."""
        row = ServiceVersionRow(
            namespace=self._namespace,
            service_id=new.service.id,
            version=new.version,
            content=new.content,
            repository=new.repository,
            commit=new.commit,
            branch=new.branch,
            committed_at=new.committed_at,
            published_at=new.published_at,
            actor=new.actor,
        )
        self._session.add(row)
        self._session.flush()
        return _version(row, self._session.get_one(ServiceRow, new.service.id))

    def add_branch(self, version: ServiceVersionRecord, branch: str, actor: str, now: datetime) -> bool:
        """Keep that a version was published from a branch; whether that is new."""
        row = {"service_version_id": version.id, "branch": branch, "published_at": now, "actor": actor}
        return bool(insert_new(self._session, ServiceVersionBranchRow, [row]))

    def find_version(self, service: ServiceRecord, version: str) -> ServiceVersionRecord | None:
        """The version of the service by that string, if it was published."""
        return self._one_version(ServiceVersionRow.service_id == service.id, ServiceVersionRow.version == version)

    def version(self, service: ServiceRecord, version: str) -> ServiceVersionRecord:
        """The version by that string, or by the first eight or more characters of a commit that no other begins with.

        Raises NotFound.
        """
        found = self.find_version(service, version) or self._abbreviated(service, version)
        if found is None:
            raise NotFound(f"published version of {service.name}", version)
        return found

    def _abbreviated(self, service: ServiceRecord, version: str) -> ServiceVersionRecord | None:
        if not _COMMIT_BEGINNING.fullmatch(version):
            return None
        begins = ServiceVersionRow.version.startswith(version)
        rows = self._session.execute(self._versions().where(ServiceVersionRow.service_id == service.id, begins).limit(2)).all()
        return _version(*rows[0]) if len(rows) == 1 else None

    def version_at_commit(self, service: ServiceRecord, commit: str) -> ServiceVersionRecord | None:
        """The newest version of the service that was published from a commit, by commit or by version string."""
        return self._one_version(
            ServiceVersionRow.service_id == service.id,
            (ServiceVersionRow.commit == commit) | (ServiceVersionRow.version == commit),
        )

    def versions_by_id(self, identifiers: Sequence[int]) -> tuple[ServiceVersionRecord, ...]:
        """The service versions that other rows point at, newest first."""
        statement = self._versions().where(ServiceVersionRow.id.in_(set(identifiers)))
        return tuple(_version(*row) for row in self._session.execute(statement))

    def versions(self, service: ServiceRecord, limit: int = 50, *, before: int | None = None) -> tuple[ServiceVersionRecord, ...]:
        """The newest versions of the service, newest first; older than a row's id when paging."""
        statement = self._versions().where(ServiceVersionRow.service_id == service.id).limit(limit)
        if before is not None:
            statement = statement.where(ServiceVersionRow.id < before)
        return tuple(_version(*row) for row in self._session.execute(statement))

    def bind(self, version: ServiceVersionRecord, bindings: Sequence[NewBinding]) -> None:
        """Keep what the version provides and consumes."""
        for new in bindings:
            self._session.add(
                BindingRow(
                    namespace=self._namespace,
                    service_version_id=version.id,
                    role=new.role,
                    contract_id=new.contract_id,
                    revision=new.revision,
                    entry=new.entry,
                    declared_version=str(new.declared_version) if new.declared_version else None,
                    channel=new.channel,
                    retention_seconds=new.retention_seconds,
                    examples=list(new.examples),
                )
            )
        self._session.flush()

    def bindings(
        self,
        *,
        version_ids: Sequence[int] | None = None,
        contract_id: str | None = None,
        role: Role | None = None,
    ) -> tuple[BindingRecord, ...]:
        """Bindings of some versions, of a contract, of a role, or any mix; by service, then newest version first."""
        statement = (
            select(BindingRow, ServiceVersionRow, ServiceRow, ContractRow, ContractNameRow.name)
            .join(ServiceVersionRow, ServiceVersionRow.id == BindingRow.service_version_id)
            .join(ServiceRow, ServiceRow.id == ServiceVersionRow.service_id)
            .join(ContractRow, ContractRow.id == BindingRow.contract_id)
            .join(ContractNameRow, (ContractNameRow.contract_id == ContractRow.id) & ContractNameRow.is_current)
            .where(BindingRow.namespace == self._namespace)
            .order_by(ServiceRow.name, ServiceVersionRow.id.desc(), BindingRow.id)
        )
        if version_ids is not None:
            statement = statement.where(BindingRow.service_version_id.in_(version_ids))
        if contract_id is not None:
            statement = statement.where(BindingRow.contract_id == contract_id)
        if role is not None:
            statement = statement.where(BindingRow.role == role)
        return tuple(_binding(*row) for row in self._session.execute(statement))

    def is_provided(self, contract_id: str, revision: str) -> bool:
        """Whether any service version provides that revision of a contract."""
        row = self._session.scalars(
            select(BindingRow.id)
            .where(BindingRow.contract_id == contract_id, BindingRow.revision == revision, BindingRow.role == Role.PROVIDES)
            .limit(1)
        ).one_or_none()
        return row is not None

    def add_uses(self, version: ServiceVersionRecord, contract_id: str, elements: Sequence[str]) -> None:
        """Keep the elements of a contract that the version's manifest says it uses."""
        rows = [
            {"service_version_id": version.id, "contract_id": contract_id, "element": element} for element in sorted(set(elements))
        ]
        insert_new(self._session, UseRow, rows)

    def uses(self, contract_id: str, version_ids: Collection[int]) -> Mapping[int, tuple[str, ...]]:
        """The elements of a contract that some versions declared, by version id; a version that may use all of it has no entry."""
        rows = self._session.execute(
            select(UseRow.service_version_id, UseRow.element)
            .where(UseRow.contract_id == contract_id, UseRow.service_version_id.in_(version_ids))
            .order_by(UseRow.element)
        )
        found: dict[int, list[str]] = defaultdict(list)
        for version_id, element in rows:
            found[version_id].append(element)
        return {version_id: tuple(elements) for version_id, elements in found.items()}

    def _by_name(self, name: str) -> Select[ServiceRow]:
        return select(ServiceRow).where(ServiceRow.namespace == self._namespace, ServiceRow.name == name)

    def _versions(self) -> Select[ServiceVersionRow, ServiceRow]:
        return (
            select(ServiceVersionRow, ServiceRow)
            .join(ServiceRow, ServiceRow.id == ServiceVersionRow.service_id)
            .where(ServiceVersionRow.namespace == self._namespace)
            .order_by(ServiceVersionRow.id.desc())
        )

    def _one_version(self, *conditions: ColumnElement[bool]) -> ServiceVersionRecord | None:
        statement = self._versions().where(*conditions).limit(1)
        row = self._session.execute(statement).one_or_none()
        return None if row is None else _version(*row)


def _service(row: ServiceRow) -> ServiceRecord:
    return ServiceRecord(row.id, row.name, row.team, row.domain, row.description, row.main_branch)


def _version(row: ServiceVersionRow, service: ServiceRow) -> ServiceVersionRecord:
    return ServiceVersionRecord(
        id=row.id,
        service_id=service.id,
        service=service.name,
        team=service.team,
        version=row.version,
        content=row.content,
        repository=row.repository,
        commit=row.commit,
        branch=row.branch,
        committed_at=row.committed_at,
        published_at=row.published_at,
        actor=row.actor,
    )


def _binding(row: BindingRow, version: ServiceVersionRow, service: ServiceRow, contract: ContractRow, name: str) -> BindingRecord:
    return BindingRecord(
        id=row.id,
        service_version=_version(version, service),
        role=Role(row.role),
        contract_id=row.contract_id,
        contract=name,
        kind=ContractKind(contract.kind),
        is_event=contract.is_event,
        revision=row.revision,
        entry=row.entry,
        declared_version=Version.of(row.declared_version) if row.declared_version else None,
        channel=row.channel,
        retention_seconds=row.retention_seconds,
        examples=tuple(row.examples),
    )
