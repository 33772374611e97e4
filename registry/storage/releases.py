"""Numbered releases, what happened to them, and comparisons that were made before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.domain import comparison_json
from registry.domain.change import Comparison
from registry.domain.contract import Mode
from registry.domain.errors import NotFound
from registry.domain.records import ContractRecord, ReleaseNumber, ReleaseRecord, ReleaseState, ReleaseStateRecord
from registry.domain.semver import Version
from registry.storage.inserting import insert_new
from registry.storage.tables import ComparisonRow, ReleaseRow, ReleaseStateRow


@dataclass(frozen=True, slots=True)
class NewRelease:
    """The facts of a release that is about to be kept."""

    contract: ContractRecord
    version: Version
    revision: str
    entry: str
    examples: tuple[str, ...]
    service_version_id: int
    baseline: str
    comparison: Comparison
    released_at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class ComparisonKey:
    """What makes two comparisons the same: `engine` says what judged (rules, policy, name), `day` counts because sunsets pass."""

    contract_id: str
    old: str
    new: str
    mode: Mode
    engine: str
    day: str


class Releases:
    """The numbers that were claimed."""

    def __init__(self, session: Session, namespace: str) -> None:
        self._session = session
        self._namespace = namespace

    def add(self, new: NewRelease) -> ReleaseRecord:
        """Keep a release under the contract's next ordinal. The caller holds the contract's lock (`Contracts.ensure`)."""
        highest = self._session.scalar(select(func.max(ReleaseRow.ordinal)).where(ReleaseRow.contract_id == new.contract.id))
        row = ReleaseRow(
            namespace=self._namespace,
            contract_id=new.contract.id,
            version=str(new.version),
            ordinal=(highest or 0) + 1,
            revision=new.revision,
            entry=new.entry,
            examples=list(new.examples),
            service_version_id=new.service_version_id,
            baseline=new.baseline,
            changes=comparison_json.to_json(new.comparison),
            released_at=new.released_at,
            actor=new.actor,
        )
        self._session.add(row)
        self._session.flush()
        return _release(row)

    def of(self, contract: ContractRecord) -> tuple[ReleaseRecord, ...]:
        """All releases of a contract, in the order of their ordinals."""
        rows = self._session.scalars(select(ReleaseRow).where(ReleaseRow.contract_id == contract.id).order_by(ReleaseRow.ordinal))
        return tuple(_release(row) for row in rows)

    def numbers(self, contract: ContractRecord) -> tuple[ReleaseNumber, ...]:
        """All releases of a contract in the order of their ordinals, without their change logs, in one query."""
        newest = (
            select(func.max(ReleaseStateRow.id))
            .join(ReleaseRow, ReleaseRow.id == ReleaseStateRow.release_id)
            .where(ReleaseRow.contract_id == contract.id)
            .group_by(ReleaseStateRow.release_id)
        )
        yanked = select(ReleaseStateRow.release_id).where(
            ReleaseStateRow.id.in_(newest), ReleaseStateRow.state == ReleaseState.YANKED
        )
        rows = self._session.execute(
            select(
                ReleaseRow.id,
                ReleaseRow.version,
                ReleaseRow.ordinal,
                ReleaseRow.revision,
                ReleaseRow.entry,
                ReleaseRow.baseline,
                ReleaseRow.id.in_(yanked),
            )
            .where(ReleaseRow.contract_id == contract.id)
            .order_by(ReleaseRow.ordinal)
        )
        return tuple(
            ReleaseNumber(identifier, Version.of(version), ordinal, revision, entry, baseline, yanked)
            for identifier, version, ordinal, revision, entry, baseline, yanked in rows
        )

    def comparisons(self, identifiers: Sequence[int]) -> dict[int, Comparison]:
        """The change log entries of some releases, by id."""
        rows = self._session.execute(select(ReleaseRow.id, ReleaseRow.changes).where(ReleaseRow.id.in_(identifiers)))
        return {identifier: comparison_json.from_json(changes) for identifier, changes in rows}

    def find(self, contract: ContractRecord, version: Version) -> ReleaseRecord | None:
        """The release of that number, if it was claimed."""
        row = self._session.scalars(
            select(ReleaseRow).where(ReleaseRow.contract_id == contract.id, ReleaseRow.version == str(version))
        ).one_or_none()
        return None if row is None else _release(row)

    def by_version(self, contract: ContractRecord, version: Version) -> ReleaseRecord:
        """Raises NotFound."""
        found = self.find(contract, version)
        if found is None:
            raise NotFound(f"release of {contract.name}", str(version))
        return found

    def of_revision(self, contract: ContractRecord, revision: str) -> tuple[ReleaseRecord, ...]:
        """The numbers that a revision has, newest first."""
        rows = self._session.scalars(
            select(ReleaseRow)
            .where(ReleaseRow.contract_id == contract.id, ReleaseRow.revision == revision)
            .order_by(ReleaseRow.ordinal.desc())
        )
        return tuple(_release(row) for row in rows)

    def add_state(self, record: ReleaseStateRecord) -> None:
        """Append what happened to a release."""
        self._session.add(
            ReleaseStateRow(
                release_id=record.release_id,
                state=record.state,
                reason=record.reason,
                sunset=record.sunset,
                at=record.at,
                actor=record.actor,
            )
        )
        self._session.flush()

    def states(self, release: ReleaseRecord) -> tuple[ReleaseStateRecord, ...]:
        """What happened to a release, oldest first."""
        rows = self._session.scalars(
            select(ReleaseStateRow).where(ReleaseStateRow.release_id == release.id).order_by(ReleaseStateRow.id)
        )
        return tuple(
            ReleaseStateRecord(row.release_id, ReleaseState(row.state), row.reason, row.sunset, row.at, row.actor) for row in rows
        )

    def remembered(self, key: ComparisonKey) -> Comparison | None:
        """A comparison that was made before."""
        row = self._session.get(ComparisonRow, (self._namespace, *_parts(key)))
        return None if row is None else comparison_json.from_json(row.outcome)

    def remember(self, key: ComparisonKey, comparison: Comparison) -> None:
        """Keep a comparison; whoever made the same one first wins, and it is equal."""
        contract_id, old, new, mode, engine, day = _parts(key)
        insert_new(
            self._session,
            ComparisonRow,
            [
                {
                    "namespace": self._namespace,
                    "contract_id": contract_id,
                    "old": old,
                    "new": new,
                    "mode": mode,
                    "engine": engine,
                    "as_of_day": day,
                    "outcome": comparison_json.to_json(comparison),
                }
            ],
        )


def _parts(key: ComparisonKey) -> tuple[str, str, str, str, str, str]:
    return (key.contract_id, key.old, key.new, key.mode.value, key.engine, key.day)


def _release(row: ReleaseRow) -> ReleaseRecord:
    return ReleaseRecord(
        id=row.id,
        contract_id=row.contract_id,
        version=Version.of(row.version),
        ordinal=row.ordinal,
        revision=row.revision,
        entry=row.entry,
        examples=tuple(row.examples),
        service_version_id=row.service_version_id,
        baseline=row.baseline,
        comparison=comparison_json.from_json(row.changes),
        released_at=row.released_at,
        actor=row.actor,
    )
