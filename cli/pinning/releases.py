"""Releases as a registry serves them to a consumer: every byte checked against its digest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cli.connection import Connection, segment
from cli.failure import REGISTRY, CommandFailed, Failure
from cli.pinning.folders import digests_of
from registry.domain.contract import ContractKind, digest_of_files
from registry.domain.lock import Pinned, is_inside
from registry.domain.moments import moment_of
from registry.domain.semver import Version


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    """A release without its files. `state` is what happened to it last, `sunset` until when it is served."""

    contract: str
    version: Version
    kind: ContractKind
    digest: str
    entry: str
    state: str
    sunset: datetime | None

    def concern(self, now: datetime) -> str | None:
        """Why nobody should begin to use the release, or None."""
        label = f"{self.contract} {self.version}"
        if self.state == "yanked":
            return f"{label} was yanked."
        if self.sunset is not None and self.sunset <= now:
            return f"{label} is past its sunset, {self.sunset.date()}."
        return None


def release_facts(connection: Connection, contract: str, version: Version) -> ReleaseFacts:
    """What the registry says of a release, under the contract's current name. Raises CommandFailed."""
    release = connection.get(f"/contracts/{segment(contract)}/releases/{segment(str(version))}")
    kind = connection.get(f"/contracts/{segment(contract)}")["kind"]
    latest = release["states"][-1] if release["states"] else {"state": "active", "sunset": None}
    sunset = latest["sunset"]
    return ReleaseFacts(
        contract=release["contract"],
        version=version,
        kind=ContractKind(kind),
        digest=release["revision"],
        entry=release["entry"],
        state=latest["state"],
        sunset=None if sunset is None else moment_of(sunset),
    )


def release_files(connection: Connection, facts: ReleaseFacts) -> Mapping[str, bytes]:
    """The files of a release.

    Raises CommandFailed, also where the registry sends other bytes than the digest stands for, or names that lead out of a folder.
    """
    listed = connection.get(f"/revisions/{facts.digest}")["files"]
    paths: list[str] = [row["path"] for row in listed]
    strange = next((path for path in paths if not is_inside(path)), None)
    if strange is not None:
        raise CommandFailed(_untrue(f"names a file {strange!r}, which leads out of a folder"))
    files = {path: connection.content(_address(facts.digest, path)) for path in paths}
    if digest_of_files(digests_of(files)) != facts.digest:
        raise CommandFailed(_untrue(f"sent other bytes than {facts.contract} {facts.version} is made of"))
    return files


def pinned(facts: ReleaseFacts, files: Mapping[str, bytes], folder: str) -> Pinned:
    """What the lock keeps of a release in a folder."""
    return Pinned(facts.contract, facts.version, facts.kind, facts.digest, facts.entry, folder, digests_of(files))


def _address(digest: str, path: str) -> str:
    return f"/revisions/{digest}/files/{'/'.join(map(segment, path.split('/')))}"


def _untrue(problem: str) -> Failure:
    return Failure(
        code="untrue-answer",
        message=f"The registry {problem}.",
        place="",
        next_step="Nothing was written. Something between here and the registry changes what it sends, or its storage is damaged.",
        exit_code=REGISTRY,
    )
