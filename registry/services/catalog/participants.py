"""Who provides and who consumes a contract, and where they run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from registry.domain.contract import ContractKind, Source
from registry.domain.records import BindingRecord, ContractRecord, PactPublicationRecord, ReleaseSummary, Role
from registry.domain.semver import Version
from registry.engines.documents.limits import Limits
from registry.services.catalog.values import Consumer, Producer
from registry.services.consumers import known_consumers
from registry.services.pact_usage import ContractWords, words_of
from registry.services.presence import Presence
from registry.storage.store import Store


def producers(bindings: Iterable[BindingRecord], releases: Sequence[ReleaseSummary], presence: Presence) -> tuple[Producer, ...]:
    """The service versions among the bindings of one contract that provide it."""
    return tuple(
        Producer(
            service=binding.service_version.service,
            team=binding.service_version.team,
            version=binding.service_version.version,
            environments=presence.where(binding.service_version.id),
            contract_version=number_of(binding, releases),
            channel=binding.channel,
            retention_seconds=binding.retention_seconds,
        )
        for binding in bindings
        if binding.role is Role.PROVIDES
    )


def declared_consumers(
    bindings: Iterable[BindingRecord], releases: Sequence[ReleaseSummary], presence: Presence
) -> tuple[Consumer, ...]:
    """The service versions among the bindings of one contract that declare to consume it; what they use of it is left open."""
    return tuple(
        Consumer(
            service=binding.service_version.service,
            team=binding.service_version.team,
            version=binding.service_version.version,
            environments=presence.where(binding.service_version.id),
            contract_version=number_of(binding, releases),
            elements=None,
            source="manifest",
        )
        for binding in bindings
        if binding.role is Role.CONSUMES
    )


def pact_consumers(
    publications: Iterable[PactPublicationRecord], words: ContractWords | None, presence: Presence
) -> tuple[Consumer, ...]:
    """The consumer versions whose pacts use something, in the words of one contract; none where pacts have no words for it."""
    if words is None:
        return ()
    used = ((publication.consumer_version, words(publication.pact.uses)) for publication in publications)
    return tuple(
        Consumer(
            service=version.service,
            team=version.team,
            version=version.version,
            environments=presence.where(version.id),
            contract_version=None,
            elements=tuple(sorted(elements)),
            source="pact",
        )
        for version, elements in used
        if elements
    )


def may_be_about(contract: ContractRecord, publication: PactPublicationRecord) -> bool:
    """Whether it is worth translating a pact into the contract's words, which costs reading the contract."""
    if contract.service != publication.pact.provider:
        return False
    if contract.kind is ContractKind.PROTOBUF:
        return bool(publication.pact.uses.get("protobuf"))
    if contract.is_event:
        return any(contract.name in use["event_type"] for use in publication.pact.uses["messages"])
    return contract.kind is ContractKind.OPENAPI and bool(publication.pact.uses["http"])


def words_of_all(contract: ContractRecord, sources: Iterable[Source], limits: Limits) -> ContractWords | None:
    """The translation of pact uses into the elements of several revisions; None where pacts have no words for the contract.

    One is not enough: a pact with the first major version uses paths that the second has no more.
    """
    found = [words for source in sources if (words := words_of(contract, source, limits)) is not None]
    return (lambda uses: frozenset[str]().union(*(words(uses) for words in found))) if found else None


def consumers(
    store: Store, contract: ContractRecord, sources: Iterable[Source], releases: Sequence[ReleaseSummary], limits: Limits
) -> tuple[Consumer, ...]:
    """Every consumer version that the gate knows of, with what it uses: the same rows that name who breaks.

    `sources` are the revisions whose words translate what pacts use; without any, pacts are left out.
    """
    known = known_consumers(store, contract, words_of_all(contract, sources, limits))
    teams = {service.name: service.team for service in store.services.all()}
    bindings = store.services.bindings(contract_id=contract.id, role=Role.CONSUMES)
    pinned = {
        (binding.service_version.service, binding.service_version.version): number_of(binding, releases) for binding in bindings
    }
    return tuple(
        Consumer(
            service=consumer.service,
            team=teams.get(consumer.service, ""),
            version=consumer.version,
            environments=consumer.environments,
            contract_version=pinned.get((consumer.service, consumer.version)),
            elements=None if consumer.elements is None else tuple(sorted(consumer.elements)),
            source=consumer.source,
        )
        for consumer in known
    )


def number_of(binding: BindingRecord, releases: Sequence[ReleaseSummary]) -> Version | None:
    """The contract version that a binding is of: the declared one, or the newest number that its revision has."""
    if binding.declared_version is not None:
        return binding.declared_version
    return next((release.version for release in releases if release.revision == binding.revision), None)
