"""Two releases of a contract compared: findings with the consumers they reach, and the files line by line."""

from __future__ import annotations

import difflib
from datetime import datetime

from registry.domain.contract import Source
from registry.domain.errors import NotFound
from registry.domain.records import ContractRecord, ReleaseRecord
from registry.engines.documents.limits import Limits
from registry.engines.governance.consumers import join
from registry.services.catalog.contracts import parsed_version
from registry.services.catalog.values import Difference, FileDifference
from registry.services.comparing import Comparer
from registry.services.consumers import known_consumers
from registry.services.pact_usage import words_of
from registry.storage.store import Store


def difference(store: Store, name: str, old: str | None, new: str | None, *, now: datetime, limits: Limits) -> Difference:
    """Two releases of a contract, in any order; the newest and the one before it where none is named.

    Raises NotFound, also when there are no two releases to choose from, BadVersion, or StateConflict when bytes were purged.
    """
    contract = store.contracts.by_name(name)
    before, after = _chosen(store, contract, old, new)
    sources = (_source(store, before), _source(store, after))
    comparison = Comparer(store, as_of=now, limits=limits, remembers=False).compare(contract, *sources, contract.mode)
    consumers = known_consumers(store, contract, words_of(contract, sources[0], limits))
    return Difference(contract, before, after, join(comparison, consumers), file_differences(*sources))


def _chosen(store: Store, contract: ContractRecord, old: str | None, new: str | None) -> tuple[ReleaseRecord, ReleaseRecord]:
    releases = store.releases.of(contract)
    if not releases:
        raise NotFound("release of", contract.name)
    after = store.releases.by_version(contract, parsed_version(new)) if new else releases[-1]
    if old:
        return store.releases.by_version(contract, parsed_version(old)), after
    earlier = [release for release in releases if release.ordinal < after.ordinal]
    return (earlier[-1] if earlier else after), after


def _source(store: Store, release: ReleaseRecord) -> Source:
    return store.revisions.source(release.revision, release.entry)


def file_differences(old: Source, new: Source) -> tuple[FileDifference, ...]:
    """The unified diff of every file that is not the same on both sides, by path. Lines carry no line ends."""
    paths = sorted(path for path in old.files.keys() | new.files.keys() if old.files.get(path) != new.files.get(path))
    return tuple(FileDifference(path, tuple(_lines(path, old, new))) for path in paths)


def _lines(path: str, old: Source, new: Source) -> list[str]:
    before, after = (_text(source, path) for source in (old, new))
    names = (path if path in old.files else "nothing", path if path in new.files else "nothing")
    return list(difflib.unified_diff(before, after, *names, lineterm=""))


def _text(source: Source, path: str) -> list[str]:
    """Lines as a reader sees them; bytes that are no UTF-8 (a descriptor set) show as replacement characters."""
    return source.files.get(path, b"").decode(errors="replace").splitlines()
