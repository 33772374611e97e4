"""Holding the tree, the lock and the registry against each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cli.connection import Connection
from cli.failure import USAGE, CommandFailed
from cli.pinning.folders import Edited, digests_of, edits
from cli.pinning.generating import run
from cli.pinning.generators import generator_named
from cli.pinning.releases import release_facts
from registry.domain.lock import Generated, Lock, Pinned


@dataclass(frozen=True, slots=True)
class Deviation:
    """One thing that is not as the lock has it. `side` is the one that differs: tree, registry, generator or lock."""

    side: str
    subject: str
    problem: str
    fails: bool = True


@dataclass(frozen=True, slots=True)
class Verifier:
    """Verifies a lock. Without a connection the registry is not asked; `regenerate` runs every generator again."""

    root: Path
    connection: Connection | None
    now: datetime
    strict: bool = False
    regenerate: bool = False

    def deviations(self, lock: Lock) -> Iterator[Deviation]:
        """What differs, contract by contract and then folder by folder. Raises CommandFailed when the registry does not answer."""
        for pinned in lock.contracts.values():
            yield from self._of_folder(pinned.label, pinned.folder, edits(self.root / pinned.folder, pinned.files))
            if self.connection is not None:
                yield from self._of_registry(self.connection, pinned)
        for generated in lock.generated.values():
            subject = f"{generated.generator} of {generated.contract}"
            yield from self._of_folder(subject, generated.folder, edits(self.root / generated.folder, generated.files))
            yield from self._of_generated(subject, generated, lock)

    def _of_folder(self, subject: str, folder: str, changed: list[Edited]) -> Iterator[Deviation]:
        for edit in changed:
            yield Deviation("tree", subject, f"{folder}/{edit.path} is {edit.how}.")

    def _of_registry(self, connection: Connection, pinned: Pinned) -> Iterator[Deviation]:
        try:
            facts = release_facts(connection, pinned.contract, pinned.version)
        except CommandFailed as error:
            if error.failure.exit_code != USAGE:
                raise
            yield Deviation("registry", pinned.label, f"The registry has no such release: {error.failure.message}")
            return
        if facts.digest != pinned.digest:
            yield Deviation(
                "registry", pinned.label, f"The registry released {facts.digest[:12]}; the lock has {pinned.digest[:12]}."
            )
        concern = facts.concern(self.now)
        if concern:
            yield Deviation("registry", pinned.label, concern, fails=self.strict)

    def _of_generated(self, subject: str, generated: Generated, lock: Lock) -> Iterator[Deviation]:
        source = lock.contracts.get(generated.contract)
        if source is None:
            yield Deviation("lock", subject, f"{generated.contract} is no longer in the lock.")
            return
        if source.digest != generated.source:
            yield Deviation("lock", subject, f"Generated from {generated.source[:12]}; {source.label} is {source.digest[:12]}.")
        elif self.regenerate and not edits(self.root / source.folder, source.files):
            yield from self._of_generator(subject, generated, source)

    def _of_generator(self, subject: str, generated: Generated, source: Pinned) -> Iterator[Deviation]:
        generator = generator_named(generated.generator)
        version = generator.version()
        if version != generated.generator_version:
            yield Deviation("generator", subject, f"Version {version} is installed; the lock pins {generated.generator_version}.")
            return
        made = digests_of(run(generator, self.root / source.folder, source.entry, generated.options))
        for path in sorted(made.keys() | generated.files.keys()):
            if made.get(path) != generated.files.get(path):
                yield Deviation("generator", subject, f"Generating again gives another {generated.folder}/{path}.")
