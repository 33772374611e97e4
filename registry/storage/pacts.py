"""Pacts, their publications and their verifications."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from registry.domain.errors import NotFound
from registry.domain.records import PactPublicationRecord, PactRecord, ServiceVersionRecord, VerificationRecord
from registry.storage.inserting import insert_new
from registry.storage.services import Services
from registry.storage.tables import PactPublicationRow, PactRow, ServiceVersionRow, VerificationRow


@dataclass(frozen=True, slots=True)
class NewVerification:
    """The facts of a verification that is about to be kept."""

    content: str
    provider: ServiceVersionRecord
    success: bool
    results: Sequence[Mapping[str, Any]]
    verifier: str
    verified_at: datetime
    actor: str


class Pacts:
    """What consumers expect, and which provider versions were seen to fulfil it."""

    def __init__(self, session: Session, namespace: str) -> None:
        self._session = session
        self._namespace = namespace
        self._services = Services(session, namespace)

    def ensure(self, consumer: str, provider: str, content: str, uses: Mapping[str, Any], now: datetime) -> PactRecord:
        """The pact of that content, made when new."""
        key = {"namespace": self._namespace, "consumer": consumer, "provider": provider, "content": content}
        insert_new(self._session, PactRow, [{**key, "uses": uses, "created_at": now}])
        return _pact(self._session.scalars(select(PactRow).filter_by(**key)).one())

    def publish(self, version: ServiceVersionRecord, pact: PactRecord, blob: str) -> None:
        """Link a consumer version to a pact and to the exact bytes it sent."""
        self._session.add(PactPublicationRow(namespace=self._namespace, service_version_id=version.id, pact_id=pact.id, blob=blob))
        self._session.flush()

    def by_content(self, content: str) -> PactRecord:
        """Raises NotFound."""
        rows = self._session.scalars(
            select(PactRow).where(PactRow.namespace == self._namespace, PactRow.content == content).limit(1)
        )
        row = rows.one_or_none()
        if row is None:
            raise NotFound("pact content", content)
        return _pact(row)

    def newest(
        self, provider: str | None = None, consumer: str | None = None, *, before: int | None = None, limit: int = 50
    ) -> tuple[PactRecord, ...]:
        """Pact contents newest first: of one provider or consumer when asked, older than a row's id when paging."""
        statement = select(PactRow).where(PactRow.namespace == self._namespace).order_by(PactRow.id.desc()).limit(limit)
        if provider is not None:
            statement = statement.where(PactRow.provider == provider)
        if consumer is not None:
            statement = statement.where(PactRow.consumer == consumer)
        if before is not None:
            statement = statement.where(PactRow.id < before)
        return tuple(_pact(row) for row in self._session.scalars(statement))

    def published_by(self, version_ids: Sequence[int]) -> tuple[PactPublicationRecord, ...]:
        """The pacts that some consumer versions published."""
        return self._publications(self._published().where(PactPublicationRow.service_version_id.in_(version_ids)))

    def naming_provider(self, provider: str, version_ids: Sequence[int] | None = None) -> tuple[PactPublicationRecord, ...]:
        """The pacts with a provider that consumer versions published: some versions, or all."""
        statement = self._published().where(PactRow.provider == provider)
        if version_ids is not None:
            statement = statement.where(PactPublicationRow.service_version_id.in_(version_ids))
        return self._publications(statement)

    def latest_publication(self, pact: PactRecord) -> PactPublicationRecord:
        """The newest consumer version that published a pact."""
        statement = self._published().where(PactRow.id == pact.id).order_by(PactPublicationRow.service_version_id.desc()).limit(1)
        return self._publications(statement)[0]

    def verify(self, new: NewVerification) -> VerificationRecord:
        """Keep a verification."""
        row = VerificationRow(
            namespace=self._namespace,
            content=new.content,
            provider=new.provider.service,
            service_version_id=new.provider.id,
            success=new.success,
            results=[dict(result) for result in new.results],
            verifier=new.verifier,
            verified_at=new.verified_at,
            actor=new.actor,
        )
        self._session.add(row)
        self._session.flush()
        return _verification(row, new.provider.version)

    def verification(self, content: str, provider_version: ServiceVersionRecord) -> VerificationRecord | None:
        """The newest verification of a pact content by a provider version."""
        row = self._session.scalars(
            select(VerificationRow)
            .where(
                VerificationRow.namespace == self._namespace,
                VerificationRow.content == content,
                VerificationRow.provider == provider_version.service,
                VerificationRow.service_version_id == provider_version.id,
            )
            .order_by(VerificationRow.id.desc())
            .limit(1)
        ).one_or_none()
        return None if row is None else _verification(row, provider_version.version)

    def verifications(self, content: str) -> tuple[VerificationRecord, ...]:
        """All verifications of a pact content, newest first."""
        return self.verifications_by_content([content]).get(content, ())

    def verifications_by_content(self, contents: Collection[str]) -> Mapping[str, tuple[VerificationRecord, ...]]:
        """The verifications of some pact contents by content, newest first."""
        rows = self._session.execute(
            select(VerificationRow, ServiceVersionRow.version)
            .join(ServiceVersionRow, ServiceVersionRow.id == VerificationRow.service_version_id)
            .where(VerificationRow.namespace == self._namespace, VerificationRow.content.in_(set(contents)))
            .order_by(VerificationRow.id.desc())
        )
        found: dict[str, list[VerificationRecord]] = defaultdict(list)
        for row, version in rows:
            found[row.content].append(_verification(row, version))
        return {content: tuple(records) for content, records in found.items()}

    def _published(self) -> Select[PactRow, PactPublicationRow]:
        return (
            select(PactRow, PactPublicationRow)
            .join(PactPublicationRow, PactPublicationRow.pact_id == PactRow.id)
            .where(PactRow.namespace == self._namespace)
        )

    def _publications(self, statement: Select[PactRow, PactPublicationRow]) -> tuple[PactPublicationRecord, ...]:
        rows = self._session.execute(statement).all()
        versions = {row.id: row for row in self._services.versions_by_id([link.service_version_id for _, link in rows])}
        return tuple(PactPublicationRecord(_pact(pact), versions[link.service_version_id], link.blob) for pact, link in rows)


def _pact(row: PactRow) -> PactRecord:
    return PactRecord(row.id, row.consumer, row.provider, row.content, row.uses)


def _verification(row: VerificationRow, version: str) -> VerificationRecord:
    return VerificationRecord(
        id=row.id,
        content=row.content,
        provider=row.provider,
        provider_version=version,
        success=row.success,
        results=tuple(row.results),
        verifier=row.verifier,
        verified_at=row.verified_at,
        actor=row.actor,
    )
