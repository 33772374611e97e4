"""What a consumer has pinned, as values: `interlock.lock` is their text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from registry.domain.contract import ContractKind
from registry.domain.semver import Version

FileDigests = Mapping[str, str]
"""SHA-256 by path, relative to the folder that the files stand in."""


def is_inside(path: str) -> bool:
    """Whether a relative POSIX path names something below the folder that it starts at."""
    parts = PurePosixPath(path).parts
    return bool(parts) and path.isprintable() and "\\" not in path and not path.startswith("/") and ".." not in parts


@dataclass(frozen=True, slots=True)
class Pinned:
    """A release of a contract in the consumer's tree. `digest` is the revision's; `folder` is relative to the lock."""

    contract: str
    version: Version
    kind: ContractKind
    digest: str
    entry: str
    folder: str
    files: FileDigests

    @property
    def label(self) -> str:
        """`payments-api 1.2.0`."""
        return f"{self.contract} {self.version}"


@dataclass(frozen=True, slots=True)
class Generated:
    """Code that a pinned generator made of a pinned contract; `source` is the digest of the revision that it was made of."""

    contract: str
    source: str
    generator: str
    generator_version: str
    options: tuple[str, ...]
    folder: str
    files: FileDigests


@dataclass(frozen=True, slots=True)
class Lock:
    """Everything that is pinned, by contract and by folder."""

    contracts: Mapping[str, Pinned] = field(default_factory=dict[str, Pinned])
    generated: Mapping[str, Generated] = field(default_factory=dict[str, Generated])

    def with_contract(self, pinned: Pinned) -> Lock:
        """The lock with a contract pinned, in place of what it was pinned to before."""
        return Lock({**self.contracts, pinned.contract: pinned}, self.generated)

    def with_generated(self, generated: Generated) -> Lock:
        """The lock with the code in a folder, in place of what was there before."""
        return Lock(self.contracts, {**self.generated, generated.folder: generated})

    def owner_beside(self, folder: str, own: str | None) -> str | None:
        """Whose folder is this one or nested with it, `own` left out; None when the folder is free."""
        for other, owner in self.folders.items():
            nested = f"{folder}/".startswith(f"{other}/") or f"{other}/".startswith(f"{folder}/")
            if nested and other != own:
                return owner
        return None

    @property
    def folders(self) -> Mapping[str, str]:
        """Whose each folder is: the contract's or the generator's name."""
        pulled = {pinned.folder: pinned.contract for pinned in self.contracts.values()}
        return {**pulled, **{row.folder: f"{row.generator} of {row.contract}" for row in self.generated.values()}}
