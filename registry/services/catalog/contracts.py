"""Contracts and their releases, as pages and endpoints show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from registry.domain.contract import Source
from registry.domain.errors import BadVersion, StateConflict
from registry.domain.records import (
    BindingRecord,
    ContractRecord,
    PactPublicationRecord,
    ReleaseRecord,
    ReleaseState,
    ReleaseSummary,
    Role,
)
from registry.domain.semver import Version
from registry.engines.documents.limits import Limits
from registry.services.catalog.contents import contents
from registry.services.catalog.participants import (
    consumers,
    declared_consumers,
    may_be_about,
    pact_consumers,
    producers,
    words_of_all,
)
from registry.services.catalog.values import Consumer, ContractDetail, ContractSummary, ReleaseDetail
from registry.services.presence import Presence
from registry.storage.catalog import ALL_CONTRACTS, ContractFilter
from registry.storage.store import Store


def contracts(store: Store, wanted: ContractFilter = ALL_CONTRACTS, limits: Limits = Limits()) -> tuple[ContractSummary, ...]:
    """Contracts by name with their major lines and everybody who provides or consumes them."""
    listed = store.catalog.contracts(wanted)
    presence = Presence.of(store)
    pacts = _Pacts(store, presence, store.pacts.published_by(presence.version_ids), limits)
    releases = store.catalog.releases([contract.id for contract in listed])
    bindings: dict[str, list[BindingRecord]] = defaultdict(list)
    for binding in store.services.bindings(version_ids=presence.version_ids):
        bindings[binding.contract_id].append(binding)
    summaries: list[ContractSummary] = []
    for contract in listed:
        own, numbers = bindings[contract.id], releases.get(contract.id, ())
        declared = declared_consumers(own, numbers, presence)
        summaries.append(
            ContractSummary(
                contract=contract,
                lines=major_lines(numbers),
                producers=producers(own, numbers, presence),
                consumers=(*declared, *pacts.undeclared(contract, numbers, declared)),
                changed_at=max((release.released_at for release in numbers), default=None),
            )
        )
    return tuple(summaries)


@dataclass(frozen=True, slots=True)
class _Pacts:
    """The pacts of everybody who is present."""

    store: Store
    presence: Presence
    publications: Sequence[PactPublicationRecord]
    limits: Limits

    def undeclared(
        self, contract: ContractRecord, releases: Sequence[ReleaseSummary], declared: Sequence[Consumer]
    ) -> tuple[Consumer, ...]:
        """The consumers of which pacts tell and no manifest does. The contract is read only when there may be one."""
        known = {(consumer.service, consumer.version) for consumer in declared}
        candidates = [
            row
            for row in self.publications
            if (row.consumer_version.service, row.consumer_version.version) not in known and may_be_about(contract, row)
        ]
        sources = standing_sources(self.store, contract, releases) if candidates else ()
        return pact_consumers(candidates, words_of_all(contract, sources, self.limits), self.presence)


def contract(store: Store, name: str, limits: Limits) -> ContractDetail:
    """A contract under a current or former name. Raises NotFound."""
    found = store.contracts.by_name(name)
    presence = Presence.of(store)
    releases = store.catalog.releases([found.id]).get(found.id, ())
    bindings = store.services.bindings(version_ids=presence.version_ids, contract_id=found.id, role=Role.PROVIDES)
    return ContractDetail(
        contract=found,
        aliases=store.contracts.aliases(found),
        releases=releases,
        producers=producers(bindings, releases, presence),
        consumers=consumers(store, found, standing_sources(store, found, releases), releases, limits),
        waivers=store.contracts.waivers(found),
    )


def contract_version(store: Store, name: str, version: str, limits: Limits) -> ReleaseDetail:
    """One release of a contract with its contents. Raises NotFound, or BadVersion when the version is not semver."""
    found = store.contracts.by_name(name)
    return release_detail(store, found, store.releases.by_version(found, parsed_version(version)), limits)


def changelog(store: Store, name: str) -> tuple[ReleaseRecord, ...]:
    """Every release of a contract with its classified changes, newest first. Raises NotFound."""
    return tuple(reversed(store.releases.of(store.contracts.by_name(name))))


def release_detail(store: Store, found: ContractRecord, release: ReleaseRecord, limits: Limits) -> ReleaseDetail:
    """A release with its contents."""
    source = held_source(store, release)
    return ReleaseDetail(
        contract=found,
        release=release,
        states=store.releases.states(release),
        published_by=store.services.versions_by_id([release.service_version_id])[0],
        files=store.revisions.files(release.revision),
        contents=contents(found.kind, source, limits) if source else None,
        document=source.files.get(source.entry) if source else None,
        examples={path: source.files[path] for path in release.examples} if source else {},
    )


def parsed_version(text: str) -> Version:
    """The contract version that a request names. Raises BadVersion."""
    version = Version.parse(text)
    if version is None:
        raise BadVersion(f"{text!r} is not a semantic version.")
    return version


def major_lines(releases: Sequence[ReleaseSummary]) -> tuple[ReleaseSummary, ...]:
    """The newest standing release of each major line, highest first; pre-releases only where a line has nothing else."""
    lines: dict[int, ReleaseSummary] = {}
    for release in releases:
        known = lines.get(release.version.major)
        if release.state is not ReleaseState.YANKED and (known is None or _rank(release.version) > _rank(known.version)):
            lines[release.version.major] = release
    return tuple(lines[major] for major in sorted(lines, reverse=True))


def standing_sources(store: Store, found: ContractRecord, releases: Sequence[ReleaseSummary]) -> tuple[Source, ...]:
    """The files of the newest standing release of each major line, but for purged ones."""
    lines = (store.releases.by_version(found, line.version) for line in major_lines(releases))
    return tuple(source for release in lines if (source := held_source(store, release)) is not None)


def held_source(store: Store, release: ReleaseRecord) -> Source | None:
    """The files of a release, or None when bytes of it were purged: the rest of what is known of it can still be shown."""
    try:
        return store.revisions.source(release.revision, release.entry)
    except StateConflict:
        return None


def _rank(version: Version) -> tuple[bool, Version]:
    return (not version.prerelease, version)
