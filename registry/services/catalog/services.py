"""Services, as pages and endpoints show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from registry.domain.records import (
    BindingRecord,
    ContractRecord,
    DeploymentRecord,
    PactPublicationRecord,
    Role,
    ServiceVersionRecord,
    VerificationRecord,
)
from registry.services.catalog.participants import number_of
from registry.services.catalog.values import Offer, PactStatus, ServiceDetail, ServiceSummary
from registry.services.presence import Presence
from registry.storage.store import Store

_VERSIONS = 50


def services(store: Store) -> tuple[ServiceSummary, ...]:
    """All services by name."""
    presence = Presence.of(store)
    newest = {version.service_id: version for version in store.services.versions_by_id(tuple(presence.newest))}
    entities = store.catalog.entities()
    bindings: dict[int, list[BindingRecord]] = defaultdict(list)
    for binding in store.services.bindings(version_ids=tuple(presence.newest)):
        bindings[binding.service_version.service_id].append(binding)
    running: dict[int, list[DeploymentRecord]] = defaultdict(list)
    for deployment in store.environments.running():
        running[deployment.service_version.service_id].append(deployment)
    return tuple(
        ServiceSummary(
            service=service,
            entities=entities.get(service.id, ()),
            newest=newest.get(service.id),
            provides=_names(bindings[service.id], Role.PROVIDES),
            consumes=_names(bindings[service.id], Role.CONSUMES),
            running=tuple(running[service.id]),
        )
        for service in store.services.all()
    )


def service(store: Store, name: str) -> ServiceDetail:
    """One service. Raises NotFound."""
    found = store.services.by_name(name)
    presence = Presence.of(store)
    newest = next((row for row in store.services.versions_by_id(tuple(presence.newest)) if row.service_id == found.id), None)
    own = _present_versions(store, found.id, presence)
    return ServiceDetail(
        service=found,
        entities=store.services.entities(found),
        newest=newest,
        provides=_offers(store, newest, Role.PROVIDES),
        consumes=_offers(store, newest, Role.CONSUMES),
        running=store.environments.running(service_id=found.id),
        versions=store.services.versions(found, _VERSIONS),
        pacts_as_consumer=_statuses(store, store.pacts.published_by([version.id for version in own])),
        pacts_as_provider=_statuses(store, store.pacts.naming_provider(found.name, presence.version_ids)),
    )


def _present_versions(store: Store, service_id: int, presence: Presence) -> list[ServiceVersionRecord]:
    versions = store.services.versions_by_id(presence.version_ids)
    return [version for version in versions if version.service_id == service_id]


def _names(bindings: Sequence[BindingRecord], role: Role) -> tuple[str, ...]:
    return tuple(sorted({binding.contract for binding in bindings if binding.role is role}))


def _offers(store: Store, version: ServiceVersionRecord | None, role: Role) -> tuple[Offer, ...]:
    if version is None:
        return ()
    bindings = store.services.bindings(version_ids=[version.id], role=role)
    contracts: dict[str, ContractRecord] = {row.id: row for row in store.catalog.contracts()} if bindings else {}
    releases = store.catalog.releases([binding.contract_id for binding in bindings])
    offers = [
        Offer(
            contract=contracts[binding.contract_id],
            version=number_of(binding, releases.get(binding.contract_id, ())),
            channel=binding.channel,
            retention_seconds=binding.retention_seconds,
            own_reader=role is Role.CONSUMES and binding.declared_version is None,
        )
        for binding in bindings
    ]
    return tuple(sorted(offers, key=lambda offer: offer.contract.name))


def _statuses(store: Store, publications: Sequence[PactPublicationRecord]) -> tuple[PactStatus, ...]:
    verifications = store.pacts.verifications_by_content([publication.pact.content for publication in publications])
    rows = [
        PactStatus(publication, _newest_by_version(publication, verifications.get(publication.pact.content, ())))
        for publication in publications
    ]
    return tuple(sorted(rows, key=_by_sides))


def _newest_by_version(
    publication: PactPublicationRecord, verifications: Sequence[VerificationRecord]
) -> tuple[VerificationRecord, ...]:
    """The newest result of each version of the pact's provider; the rows come newest first."""
    newest: dict[str, VerificationRecord] = {}
    for verification in verifications:
        if verification.provider == publication.pact.provider:
            newest.setdefault(verification.provider_version, verification)
    return tuple(newest.values())


def _by_sides(status: PactStatus) -> tuple[str, str, int]:
    pact = status.publication.pact
    return (pact.consumer, pact.provider, -status.publication.consumer_version.id)
