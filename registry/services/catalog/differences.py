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
from registry.services.consumers import audience_in
from registry.storage.store import Store

# difflib takes more than a second for 5,000 lines that are written to be slow, and minutes for 20,000.
_LONGEST = 5_000


def difference(store: Store, name: str, old: str | None, new: str | None, *, now: datetime, limits: Limits) -> Difference:
    """Two releases of a contract, in any order; the newest and the one before it where none is named.

    Raises NotFound, also when there are no two releases to choose from, BadVersion, or StateConflict when bytes were purged.
    """
    contract = store.contracts.by_name(name)
    before, after = _chosen(store, contract, old, new)
    sources = (_source(store, before), _source(store, after))
    comparison = Comparer(store, as_of=now, limits=limits, remembers=False).compare(contract, *sources, contract.mode)
    audience = audience_in(store, contract, before.version, limits)(sources[0])
    return Difference(contract, before, after, join(comparison, audience), file_differences(*sources))


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
    pairs = [(path, path) for path in sorted(old.files.keys() & new.files.keys()) if old.files[path] != new.files[path]]
    gone, come = old.files.keys() - new.files.keys(), new.files.keys() - old.files.keys()
    if old.entry in gone and new.entry in come:
        # A new major often comes in a file of another name; side by side the two would say nothing.
        pairs.insert(0, (old.entry, new.entry))
    paired = {name for pair in pairs for name in pair}
    pairs += [(path, "") for path in sorted(gone - paired)] + [("", path) for path in sorted(come - paired)]
    return tuple(_file_difference(old.files.get(before), new.files.get(after), before, after) for before, after in pairs)


def _file_difference(old: bytes | None, new: bytes | None, before: str, after: str) -> FileDifference:
    left, right = _lines(old), _lines(new)
    if max(len(left), len(right)) > _LONGEST:
        return FileDifference(after or before, (), too_long=True)
    lines = difflib.unified_diff(left, right, before or "nothing", after or "nothing", lineterm="")
    return FileDifference(after or before, tuple(lines))


def _lines(data: bytes | None) -> list[str]:
    """Lines as a reader sees them; bytes that are no UTF-8 (a descriptor set) show as replacement characters."""
    return (data or b"").decode(errors="replace").splitlines()
