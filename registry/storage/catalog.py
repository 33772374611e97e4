"""Reads for lists: each takes a fixed number of queries, however many rows it returns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, case, exists, func, select
from sqlalchemy.orm import Session

from registry.domain.contract import ContractKind
from registry.domain.records import ContractRecord, ReleaseState, ReleaseSummary
from registry.domain.semver import Version
from registry.storage.contracts import contract_record
from registry.storage.tables import (
    ContractNameRow,
    ContractRow,
    EntityRow,
    ReleaseRow,
    ReleaseStateRow,
    ServiceRow,
    ServiceVersionBranchRow,
    ServiceVersionRow,
)
from registry.storage.tables.base import Name


@dataclass(frozen=True, slots=True)
class ContractFilter:
    """Which contracts to list. `after` is the name that the last page ended with; `limit` None lists all."""

    service: str | None = None
    kind: ContractKind | None = None
    events: bool | None = None
    after: str | None = None
    limit: int | None = None


ALL_CONTRACTS = ContractFilter()


class Catalog:
    """What the pages and the listing endpoints read."""

    def __init__(self, session: Session, namespace: str) -> None:
        self._session = session
        self._namespace = namespace

    def contracts(self, wanted: ContractFilter = ALL_CONTRACTS) -> tuple[ContractRecord, ...]:
        """Contracts under their current names, by name."""
        statement = _filtered(self._contracts(), wanted).order_by(ContractNameRow.name).limit(wanted.limit)
        return tuple(contract_record(row, name, service) for row, name, service in self._session.execute(statement))

    def releases(self, contract_ids: Sequence[str]) -> Mapping[str, tuple[ReleaseSummary, ...]]:
        """The releases of some contracts by contract id, newest ordinal first."""
        statement = (
            select(
                ReleaseRow.id,
                ReleaseRow.contract_id,
                ReleaseRow.version,
                ReleaseRow.ordinal,
                ReleaseRow.revision,
                ReleaseRow.released_at,
            )
            .where(ReleaseRow.contract_id.in_(contract_ids))
            .order_by(ReleaseRow.ordinal.desc())
        )
        states = self._newest_states(contract_ids)
        found: dict[str, list[ReleaseSummary]] = defaultdict(list)
        for identifier, contract_id, version, ordinal, revision, released_at in self._session.execute(statement):
            state = states.get(identifier)
            found[contract_id].append(
                ReleaseSummary(
                    id=identifier,
                    contract_id=contract_id,
                    version=Version.of(version),
                    ordinal=ordinal,
                    revision=revision,
                    released_at=released_at,
                    state=ReleaseState(state.state) if state else ReleaseState.ACTIVE,
                    sunset=state.sunset if state else None,
                )
            )
        return {contract_id: tuple(releases) for contract_id, releases in found.items()}

    def newest_versions(self) -> tuple[int, ...]:
        """The id of each service's newest version: on its main branch, or on any where main has none."""
        from_main = exists().where(
            ServiceVersionBranchRow.service_version_id == ServiceVersionRow.id,
            ServiceVersionBranchRow.branch == ServiceRow.main_branch,
        )
        on_main = case((from_main, ServiceVersionRow.id))
        rows = self._session.scalars(
            select(func.coalesce(func.max(on_main), func.max(ServiceVersionRow.id)))
            .join(ServiceRow, ServiceRow.id == ServiceVersionRow.service_id)
            .where(ServiceVersionRow.namespace == self._namespace)
            .group_by(ServiceVersionRow.service_id)
        )
        return tuple(rows)

    def entities(self) -> Mapping[int, tuple[str, ...]]:
        """The entities of every service by the service's id."""
        rows = self._session.execute(
            select(EntityRow.service_id, EntityRow.name).where(EntityRow.namespace == self._namespace).order_by(EntityRow.name)
        )
        found: dict[int, list[str]] = defaultdict(list)
        for service_id, name in rows:
            found[service_id].append(name)
        return {service_id: tuple(names) for service_id, names in found.items()}

    def _contracts(self) -> Select[ContractRow, Name, Name]:
        return (
            select(ContractRow, ContractNameRow.name, ServiceRow.name)
            .join(ContractNameRow, (ContractNameRow.contract_id == ContractRow.id) & ContractNameRow.is_current)
            .outerjoin(ServiceRow, ServiceRow.id == ContractRow.service_id)
            .where(ContractRow.namespace == self._namespace)
        )

    def _newest_states(self, contract_ids: Sequence[str]) -> Mapping[int, ReleaseStateRow]:
        newest = (
            select(func.max(ReleaseStateRow.id))
            .join(ReleaseRow, ReleaseRow.id == ReleaseStateRow.release_id)
            .where(ReleaseRow.contract_id.in_(contract_ids))
            .group_by(ReleaseStateRow.release_id)
        )
        rows = self._session.scalars(select(ReleaseStateRow).where(ReleaseStateRow.id.in_(newest)))
        return {row.release_id: row for row in rows}


def _filtered(statement: Select[ContractRow, Name, Name], wanted: ContractFilter) -> Select[ContractRow, Name, Name]:
    if wanted.service is not None:
        statement = statement.where(ServiceRow.name == wanted.service)
    if wanted.kind is not None:
        statement = statement.where(ContractRow.kind == wanted.kind)
    if wanted.events is not None:
        statement = statement.where(ContractRow.is_event == wanted.events)
    if wanted.after is not None:
        statement = statement.where(ContractNameRow.name > wanted.after)
    return statement
