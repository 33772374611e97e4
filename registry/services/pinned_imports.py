"""Collecting what a contract imports: the releases that its service has pulled, as the lock beside its manifest pins them."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from registry.domain.contract import ContractKind, digest_of
from registry.domain.errors import BadManifest
from registry.domain.imports import Import
from registry.domain.location import Location
from registry.domain.lock import Lock, Pinned
from registry.services.lock_file import NAME, parse_lock


@dataclass(frozen=True, slots=True)
class PinnedImports:
    """What the service in `folder` has pulled. `read` gives the bytes of a file by its path in the tree, or None."""

    read: Callable[[str], bytes | None]
    folder: str
    lock: Lock

    @staticmethod
    def at(read: Callable[[str], bytes | None], folder: str) -> PinnedImports:
        """What the lock in a folder pins; nothing where there is no lock. Raises BadLock, and what reading TOML raises."""
        path = posixpath.join(folder, NAME)
        data = read(path)
        return PinnedImports(read, folder, Lock() if data is None else parse_lock(path, data))

    def pinned(self, wanted: Import) -> Pinned:
        """The release as it was pulled. Raises BadManifest when it was not, or is no Protobuf contract."""
        found = self.lock.contracts.get(wanted.contract)
        if found is None:
            raise self._bad(f"{wanted} is imported and was not pulled: run `interlock pull {wanted}`")
        if found.version != wanted.version:
            raise self._bad(f"{wanted} is imported, and {found.version} was pulled: run `interlock pull {wanted}`, or import that")
        if found.kind is not ContractKind.PROTOBUF:
            raise self._bad(f"{wanted} is imported, and is of kind {found.kind}: Protobuf imports Protobuf")
        return found

    def files(self, wanted: Import) -> Iterator[tuple[str, bytes]]:
        """The files of a release by the paths that they have in a revision that imports it. Raises BadManifest for other bytes."""
        pinned = self.pinned(wanted)
        for path, digest in sorted(pinned.files.items()):
            data = self.read(posixpath.join(self.folder, pinned.folder, path))
            if data is None or digest_of(data) != digest:
                how = "missing" if data is None else "changed"
                file = posixpath.join(pinned.folder, path)
                raise self._bad(f"{file} of the imported {wanted} is {how} since it was pulled: run `interlock pull --force`")
            yield posixpath.join(wanted.folder, path), data

    def _bad(self, problem: str) -> BadManifest:
        return BadManifest(f"{problem}.", Location(posixpath.join(self.folder, NAME), ""))
