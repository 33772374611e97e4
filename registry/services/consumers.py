"""Who uses a contract: from declarations in manifests and from pacts, with the environments in which each runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from registry.domain.contract import Source
from registry.domain.records import ContractRecord, Role, ServiceVersionRecord
from registry.domain.semver import Version
from registry.engines.documents.limits import Limits
from registry.engines.governance.consumers import Audience, KnownConsumer
from registry.services.declared_uses import declared_uses
from registry.services.formats import engine_of
from registry.services.pact_usage import ContractWords, words_of
from registry.services.presence import Presence
from registry.storage.store import Store


def known_consumers(
    store: Store, contract: ContractRecord, words: ContractWords | None, *, line: int | None = None
) -> tuple[KnownConsumer, ...]:
    """Every consumer version that matters: those that run or are supported anywhere, and the newest of each service's main branch.

    `words` translate pact interactions into the contract's elements; without them pacts are left out. Consumers that pinned another
    major line than `line` are left out (None: of all lines).
    """
    presence = Presence.of(store)
    declared = _declared(store, contract, presence, line)
    pacted = _pacted(store, contract, presence, words) if words and contract.service else ()
    return _merged((*declared, *pacted))


def audience_in(store: Store, contract: ContractRecord, version: Version | None, limits: Limits) -> Callable[[Source], Audience]:
    """Who uses a revision of a contract in the major line of `version`, pacts read in the words of that revision."""

    def of(source: Source) -> Audience:
        words = words_of(contract, source, limits)
        consumers = known_consumers(store, contract, words, line=version.major if version else None)
        return audience(contract, source, consumers, limits)

    return of


def audience(contract: ContractRecord, source: Source, consumers: tuple[KnownConsumer, ...], limits: Limits) -> Audience:
    """Some consumers before a revision: what there is in it for them to use."""
    engine = engine_of(contract.kind)
    parsed = engine.read(source, limits)
    return Audience(consumers, engine.elements(parsed, contract.name), engine.carriers(parsed))


def _declared(store: Store, contract: ContractRecord, presence: Presence, line: int | None) -> tuple[KnownConsumer, ...]:
    bindings = store.services.bindings(version_ids=presence.version_ids, contract_id=contract.id, role=Role.CONSUMES)
    declared = declared_uses(store, contract, {binding.service_version.id for binding in bindings})
    found: list[KnownConsumer] = []
    for binding in bindings:
        if line is not None and binding.declared_version is not None and binding.declared_version.major != line:
            continue
        version = binding.service_version
        uses = declared.get(version.id)
        pinned = f" {binding.declared_version}" if binding.declared_version else ""
        told = "own descriptors" if binding.by_own_descriptors else "declared uses"
        source = told if uses else f"pinned {contract.name}{pinned}"
        found.append(_consumer(version, presence, uses, source))
    return tuple(found)


def _pacted(store: Store, contract: ContractRecord, presence: Presence, words: ContractWords) -> tuple[KnownConsumer, ...]:
    found: list[KnownConsumer] = []
    for publication in store.pacts.naming_provider(contract.service or "", presence.version_ids):
        elements = words(publication.pact.uses)
        if elements:
            found.append(_consumer(publication.consumer_version, presence, elements, "pact"))
    return tuple(found)


def _consumer(version: ServiceVersionRecord, presence: Presence, elements: frozenset[str] | None, source: str) -> KnownConsumer:
    return KnownConsumer(version.service, version.version, presence.where(version.id), elements, source)


def _merged(consumers: Sequence[KnownConsumer]) -> tuple[KnownConsumer, ...]:
    """One row per consumer version: a pact that says which elements are used makes a bare pin of the version redundant."""
    rows: dict[tuple[str, str], KnownConsumer] = {}
    for consumer in consumers:
        key = (consumer.service, consumer.version)
        other = rows.get(key)
        if other is None or other.elements is None:
            rows[key] = consumer
        elif consumer.elements is not None:
            sources = ", ".join(sorted({other.source, consumer.source}))
            rows[key] = KnownConsumer(*key, other.environments, other.elements | consumer.elements, sources)
    return tuple(rows[key] for key in sorted(rows))
