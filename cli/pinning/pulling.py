"""Pulling a release into the consumer's tree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cli.connection import Connection
from cli.failure import INCOMPATIBLE, USAGE, CommandFailed, Failure
from cli.pinning.folders import edits, replace_folder
from cli.pinning.lock_file import read_lock, write_lock
from cli.pinning.releases import ReleaseFacts, pinned, release_facts, release_files
from registry.domain.lock import Lock, Pinned, is_inside
from registry.domain.semver import Version


@dataclass(frozen=True, slots=True)
class Pulled:
    """A contract that now stands in the tree, and what people should know about it."""

    pinned: Pinned
    concern: str | None


@dataclass(frozen=True, slots=True)
class Puller:
    """Pulls into the folder of a lock. `strict` refuses what is yanked or past its sunset; `force` overwrites edits."""

    connection: Connection
    lock_path: Path
    now: datetime
    strict: bool = False
    force: bool = False

    def pull(self, contract: str, version: Version, folder: str | None) -> Pulled:
        """Fetch a release, put its files into `folder` (by default where it stood, else contracts/NAME), and pin it.

        Nothing is written when it raises: CommandFailed, or BadLock.
        """
        lock = read_lock(self.lock_path)
        facts = release_facts(self.connection, contract, version)
        concern = facts.concern(self.now)
        if concern and self.strict:
            raise CommandFailed(_refused(concern))
        held = lock.contracts.get(facts.contract)
        target = folder or (held.folder if held else f"contracts/{facts.contract}")
        self._check_free(lock, facts, target, held)
        files = release_files(self.connection, facts)
        row = pinned(facts, files, target)
        replace_folder(self.lock_path.parent / target, files)
        write_lock(self.lock_path, lock.with_contract(row))
        return Pulled(row, concern)

    def restore(self) -> list[Pulled]:
        """Pull everything that the lock pins, each release that the tree does not hold as it was published."""
        lock = read_lock(self.lock_path)
        return [self.pull(row.contract, row.version, row.folder) for row in lock.contracts.values()]

    def _check_free(self, lock: Lock, facts: ReleaseFacts, folder: str, held: Pinned | None) -> None:
        """Raise CommandFailed when the folder is another's, or holds what somebody has edited."""
        if held and folder != held.folder:
            raise CommandFailed(_unusable(folder, f"is not where {held.contract} stands, which is {held.folder}"))
        if not is_inside(folder):
            raise CommandFailed(_unusable(folder, "leads out of the folder of the lock"))
        owner = lock.owner_beside(folder, held.folder if held else None)
        if owner is not None:
            raise CommandFailed(_unusable(folder, f"is that of {owner}, or nested with it"))
        changed = edits(self.lock_path.parent / folder, held.files if held else {})
        kept = [edit for edit in changed if edit.how != "missing"]
        if kept and not self.force:
            raise CommandFailed(_edited(folder, kept[0].path, kept[0].how, facts.contract))


def _refused(concern: str) -> Failure:
    return Failure("release-not-usable", concern, "", "Pull a release that is in use, or leave out --strict.", INCOMPATIBLE)


def _unusable(folder: str, problem: str) -> Failure:
    return Failure("bad-request", f"The folder {folder} {problem}.", "", "Name another one with --into, or none.", USAGE)


def _edited(folder: str, path: str, how: str, contract: str) -> Failure:
    return Failure(
        code="edited-by-hand",
        message=f"{folder}/{path} was {how} since {contract} was pulled, or was there before.",
        place="",
        next_step="Move what you need of it elsewhere; then pull again with --force, which replaces the whole folder.",
        exit_code=INCOMPATIBLE,
    )
