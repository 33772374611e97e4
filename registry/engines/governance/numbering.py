"""Which number a release needs, and whether a declared one fits between its neighbours."""

from __future__ import annotations

from collections.abc import Iterable

from registry.domain.change import Comparison
from registry.domain.semver import Bump, Version

FIRST = Version(1, 0, 0)
"""What the registry proposes for the first release of a contract."""


def needed_bump(comparison: Comparison, *, gated: bool = True) -> Bump:
    """The smallest honest step over these changes.

    A change that blocks needs a major; anything else worth naming a minor; new bytes with no change to name a patch. Where
    nothing is gated (mode `none`), breaks count as a minor: the owner chose to promise nothing.
    """
    if gated and any(change.blocks for change in comparison.changes):
        return Bump.MAJOR
    return Bump.MINOR if comparison.changes or comparison.undecided else Bump.PATCH


def neighbours(version: Version, taken: Iterable[Version]) -> tuple[Version | None, Version | None]:
    """The releases right below and right above a number in its major line; pre-releases are nobody's neighbours."""
    line = sorted(other for other in taken if other.major == version.major and not other.prerelease and other != version)
    below = [other for other in line if other < version]
    above = [other for other in line if other > version]
    return (below[-1] if below else None, above[0] if above else None)


def newest(taken: Iterable[Version]) -> Version | None:
    """The highest full release, or the highest pre-release when there is no full one."""
    return max(taken, key=lambda version: (not version.prerelease, version), default=None)


def propose(after: Version | None, bump: Bump) -> Version:
    """The number for a release that declares none: the step after the newest one."""
    return FIRST if after is None else after.next(bump)
