"""Contracts and their names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from registry.domain.change import Waiver
from registry.domain.contract import ContractKind, Mode, OnUnknown
from registry.domain.errors import NotFound, StateConflict
from registry.domain.policy import ComparisonPolicy
from registry.domain.policy_json import comparison_policy_from_json, comparison_policy_to_json
from registry.domain.records import ContractRecord, ServiceRecord
from registry.storage.tables import ContractNameRow, ContractRow, ServiceRow, WaiverRow


@dataclass(frozen=True, slots=True)
class NewContract:
    """The facts of a contract that is about to be kept."""

    id: str
    name: str
    kind: ContractKind
    team: str
    service_id: int | None
    is_event: bool
    entity: str | None
    mode: Mode
    on_unknown: OnUnknown
    description: str
    policy: ComparisonPolicy = ComparisonPolicy()


class Contracts:
    """Contracts under opaque ids; names lead to them, old names included."""

    def __init__(self, session: Session, namespace: str) -> None:
        self._session = session
        self._namespace = namespace

    def ensure(self, new: NewContract, now: datetime) -> tuple[ContractRecord, bool]:
        """The contract that `new.name` leads to, locked for this transaction, and whether it was made now.

        The lock is what lets one publisher of a contract at a time claim a number.
        """
        found = self._session.scalars(_locked(self._named(new.name))).one_or_none()
        if found is None:
            self._add(new, now)
        return self.by_name(new.name), found is None

    def _add(self, new: NewContract, now: datetime) -> None:
        self._session.add(
            ContractRow(
                id=new.id,
                namespace=self._namespace,
                kind=new.kind,
                team=new.team,
                service_id=new.service_id,
                is_event=new.is_event,
                entity=new.entity,
                mode=new.mode,
                on_unknown=new.on_unknown,
                description=new.description,
                policy=comparison_policy_to_json(new.policy),
                created_at=now,
            )
        )
        self._session.flush()
        # Two first publishers race here: the loser's insert violates the key, and `Database.write` runs it again.
        self._session.add(ContractNameRow(namespace=self._namespace, name=new.name, contract_id=new.id, is_current=True))
        self._session.flush()

    def describe(self, described: ContractRecord) -> None:
        """Take over what the manifest on the main branch says of the contract: modes, policy, description and entity."""
        row = self._session.get_one(ContractRow, described.id)
        row.mode, row.on_unknown = described.mode, described.on_unknown
        row.description, row.entity = described.description, described.entity
        row.policy = comparison_policy_to_json(described.policy)
        self._session.flush()

    def by_name(self, name: str) -> ContractRecord:
        """The contract that a current or former name leads to. Raises NotFound."""
        found = self.find(name)
        if found is None:
            raise NotFound("contract", name)
        return found

    def lock(self, name: str) -> ContractRecord:
        """The contract that a name leads to, locked for this transaction, for whoever is about to change it. Raises NotFound."""
        self._session.scalars(_locked(self._named(name))).one_or_none()
        return self.by_name(name)

    def lock_of_service(self, service: ServiceRecord) -> tuple[ContractRecord, ...]:
        """The contracts that a service owns, by name, locked for this transaction, for whoever is about to change them."""
        rows = self._session.scalars(_locked(select(ContractRow).where(ContractRow.service_id == service.id)))
        return tuple(sorted((self._record(row) for row in rows), key=lambda record: record.name))

    def find(self, name: str) -> ContractRecord | None:
        """The contract that a current or former name leads to, if there is one."""
        row = self._session.scalars(self._named(name)).one_or_none()
        return None if row is None else self._record(row)

    def by_id(self, identifier: str) -> ContractRecord:
        """A contract that another row points at."""
        return self._record(self._session.get_one(ContractRow, identifier))

    def aliases(self, contract: ContractRecord) -> tuple[str, ...]:
        """The former names."""
        rows = self._session.scalars(
            select(ContractNameRow.name)
            .where(ContractNameRow.contract_id == contract.id, ContractNameRow.is_current.is_(False))
            .order_by(ContractNameRow.name)
        )
        return tuple(rows)

    def rename(self, contract: ContractRecord, name: str) -> None:
        """Give a contract another name; the old one stays as an alias. Raises StateConflict when the name is taken."""
        taken = self._session.get(ContractNameRow, (self._namespace, name))
        if taken is not None and taken.contract_id != contract.id:
            raise StateConflict(f"The name {name!r} is taken by another contract.", "Choose another name.")
        for row in self._session.scalars(select(ContractNameRow).where(ContractNameRow.contract_id == contract.id)):
            row.is_current = row.name == name
        if taken is None:
            self._session.add(ContractNameRow(namespace=self._namespace, name=name, contract_id=contract.id, is_current=True))
        self._session.flush()

    def transfer(self, contract: ContractRecord, team: str, service_id: int | None) -> None:
        """Give a contract to another team, and to a service of it."""
        row = self._session.get_one(ContractRow, contract.id)
        row.team, row.service_id = team, service_id

    def add_waiver(self, contract: ContractRecord, waiver: Waiver, now: datetime) -> None:
        """Keep a waiver."""
        self._session.add(
            WaiverRow(
                contract_id=contract.id,
                rule=waiver.rule,
                element=waiver.element,
                reason=waiver.reason,
                actor=waiver.actor,
                expires_at=datetime.fromisoformat(waiver.expires),
                created_at=now,
            )
        )
        self._session.flush()

    def waivers(self, contract: ContractRecord) -> tuple[Waiver, ...]:
        """All waivers that were ever given for a contract, expired ones included, oldest first."""
        rows = self._session.scalars(select(WaiverRow).where(WaiverRow.contract_id == contract.id).order_by(WaiverRow.id))
        return tuple(Waiver(row.rule, row.element, row.reason, row.actor, row.expires_at.isoformat()) for row in rows)

    def _named(self, name: str) -> Select[ContractRow]:
        return (
            select(ContractRow)
            .join(ContractNameRow, ContractNameRow.contract_id == ContractRow.id)
            .where(ContractNameRow.namespace == self._namespace, ContractNameRow.name == name)
        )

    def _record(self, row: ContractRow) -> ContractRecord:
        name = self._session.scalars(
            select(ContractNameRow.name).where(ContractNameRow.contract_id == row.id, ContractNameRow.is_current)
        ).one()
        service = None if row.service_id is None else self._session.get_one(ServiceRow, row.service_id).name
        return contract_record(row, name, service)


def contract_record(row: ContractRow, name: str, service: str | None) -> ContractRecord:
    """A contract under a name, with the name of the service that owns it, if one does."""
    return ContractRecord(
        id=row.id,
        name=name,
        kind=ContractKind(row.kind),
        team=row.team,
        service=service,
        is_event=row.is_event,
        entity=row.entity,
        mode=Mode(row.mode),
        on_unknown=OnUnknown(row.on_unknown),
        description=row.description,
        policy=comparison_policy_from_json(row.policy),
    )


def _locked(statement: Select[ContractRow]) -> Select[ContractRow]:
    """The contracts of a statement, locked. What was read of them before the lock may be old by now, so it is read again."""
    return statement.with_for_update(of=ContractRow).execution_options(populate_existing=True)
