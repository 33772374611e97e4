"""Semantic Versioning 2.0.0: parsing, ordering, and the bump that a change needs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import total_ordering

# The grammar of semver.org, section "Is there a suggested regular expression", rewritten with our names.
_PATTERN = re.compile(
    r"(?P<major>0|[1-9]\d{0,17})\.(?P<minor>0|[1-9]\d{0,17})\.(?P<patch>0|[1-9]\d{0,17})"
    r"(?:-(?P<pre>(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)(?:\.(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*))*))?"
    r"(?:\+(?P<build>[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?",
    re.ASCII,
)


class Bump(IntEnum):
    """The step between two versions that a set of changes needs, smallest first."""

    PATCH = 1
    MINOR = 2
    MAJOR = 3


@total_ordering
@dataclass(frozen=True, slots=True)
class Version:
    """A semantic version. Order and equality follow section 11 and ignore build metadata."""

    major: int
    minor: int
    patch: int
    prerelease: tuple[str, ...] = ()

    @staticmethod
    def parse(text: str) -> Version | None:
        """The version that `text` spells, or None when it is not semver. Build metadata is read and dropped."""
        match = _PATTERN.fullmatch(text)
        if match is None:
            return None
        pre = match["pre"]
        return Version(int(match["major"]), int(match["minor"]), int(match["patch"]), tuple(pre.split(".")) if pre else ())

    @staticmethod
    def of(text: str) -> Version:
        """The version that `text` is known to spell, such as one that was stored. Raises ValueError."""
        version = Version.parse(text)
        if version is None:
            raise ValueError(f"not a semantic version: {text}")
        return version

    @property
    def gated(self) -> bool:
        """Whether the version promises anything: 0.x and pre-releases are classified but not gated."""
        return self.major > 0 and not self.prerelease

    def next(self, bump: Bump) -> Version:
        """The smallest release that is `bump` above this one."""
        if bump is Bump.MAJOR:
            return Version(self.major + 1, 0, 0)
        if bump is Bump.MINOR:
            return Version(self.major, self.minor + 1, 0)
        return Version(self.major, self.minor, self.patch + (0 if self.prerelease else 1))

    def _key(self) -> tuple[int, int, int, bool, tuple[tuple[bool, int, str], ...]]:
        identifiers = tuple((not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in self.prerelease)
        return (self.major, self.minor, self.patch, not self.prerelease, identifiers)

    def __lt__(self, other: Version) -> bool:
        return self._key() < other._key()

    def __str__(self) -> str:
        core = f"{self.major}.{self.minor}.{self.patch}"
        return f"{core}-{'.'.join(self.prerelease)}" if self.prerelease else core
