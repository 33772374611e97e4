"""One file of a release."""

from __future__ import annotations

from dataclasses import dataclass

from registry.domain.errors import NotFound
from registry.domain.records import ContractRecord, ReleaseRecord
from registry.services.catalog.contracts import parsed_version
from registry.storage.store import Store


@dataclass(frozen=True, slots=True)
class ReleaseFile:
    """A file and the release that it is part of."""

    contract: ContractRecord
    release: ReleaseRecord
    path: str
    digest: str
    data: bytes


def release_file(store: Store, name: str, version: str, path: str) -> ReleaseFile:
    """The exact bytes of a file. Raises NotFound, BadVersion, or StateConflict when they were purged."""
    contract = store.contracts.by_name(name)
    release = store.releases.by_version(contract, parsed_version(version))
    for held, digest, _ in store.revisions.files(release.revision):
        if held == path:
            return ReleaseFile(contract, release, path, digest, store.revisions.blob(digest))
    raise NotFound(f"file of {contract.name} {release.version}", path)
