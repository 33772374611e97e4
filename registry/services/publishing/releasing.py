"""Claiming a number: the gate that every release passes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from registry.domain.change import Comparison, Waiver
from registry.domain.contract import Mode, OnUnknown, Source, digest_of
from registry.domain.errors import NumberTooSmall, ReleaseRefused, StateConflict, VersionTaken
from registry.domain.manifest import Policy
from registry.domain.publication import ReleaseReceipt
from registry.domain.records import ContractRecord, ReleaseNumber, ServiceVersionRecord
from registry.domain.semver import Bump, Version
from registry.engines.governance.consumers import Audience, join
from registry.engines.governance.numbering import needed_bump, neighbours, newest, propose
from registry.engines.governance.severities import apply_severities
from registry.engines.governance.waiving import inherit, raise_risky, waive
from registry.services.comparing import Comparer
from registry.services.major_lines import check_line_name
from registry.services.publishing.prepare import PreparedContract
from registry.storage.releases import NewRelease
from registry.storage.store import Store


@dataclass(frozen=True, slots=True)
class Gate:
    """What one contract's release is judged with. `audience_of` tells who uses a revision, in that revision's own words."""

    contract: ContractRecord
    comparer: Comparer
    waivers: Sequence[Waiver]
    audience_of: Callable[[Source], Audience]
    policy: Policy
    now: datetime

    def judge(self, old: Source, new: Source, between: Sequence[Comparison] = ()) -> Comparison:
        """The comparison as it counts here: with consumers, policy, waivers, and what earlier releases were let through with."""
        found = self.comparer.compare(self.contract, old, new, self.contract.mode)
        if not found.changes and not found.undecided:
            return found
        joined = raise_risky(join(found, self.audience_of(old)), self.policy.raise_rules)
        judged = apply_severities(joined, self.contract.name, self.policy.severities)
        return inherit(waive(judged, self.waivers, self.now), between)

    def refuses(self, comparison: Comparison) -> bool:
        """Whether the comparison forbids a release in the same major line."""
        if self.contract.mode is Mode.NONE:
            return False
        if any(change.blocks for change in comparison.changes):
            return True
        return self.contract.on_unknown is OnUnknown.BLOCK and any(question.blocks for question in comparison.undecided)


def claim(
    store: Store, gate: Gate, prepared: PreparedContract, service_version: ServiceVersionRecord, actor: str
) -> ReleaseReceipt:
    """Give a revision its number, or find the one it has. The caller holds the contract's lock.

    Raises VersionTaken, BadLine, ReleaseRefused, NumberTooSmall, or StateConflict when the numbers have come to their end.
    """
    provided, contract = prepared.provided, gate.contract
    releases = store.releases.numbers(contract)
    held = _held(releases, prepared, provided.version)
    if held is not None:
        return ReleaseReceipt(
            contract.name, held.version, held.ordinal, created=False, baseline=held.baseline, comparison=Comparison()
        )
    taken = {release.version: release for release in releases}
    if provided.version is not None and provided.version in taken:
        detail = _difference(store, taken[provided.version].revision, provided.source)
        raise VersionTaken(contract.name, str(provided.version), detail)
    check_line_name(store, contract, provided, gate.comparer.limits)
    standing = [release for release in releases if not release.yanked]
    if provided.version is None:
        version, baseline, comparison = _proposed(store, gate, provided.source, standing, taken)
    else:
        version = provided.version
        baseline, comparison = _declared(store, gate, provided.source, version, standing)
    if Version.parse(str(version)) is None:
        raise StateConflict(
            f"{contract.name} has no number left after {baseline}.", "Declare a version in a line with smaller numbers."
        )
    release = store.releases.add(
        NewRelease(
            contract=contract,
            version=version,
            revision=prepared.revision,
            entry=provided.source.entry,
            examples=provided.examples,
            service_version_id=service_version.id,
            baseline=baseline,
            comparison=comparison,
            released_at=gate.now,
            actor=actor,
        )
    )
    store.audit.add(
        at=gate.now,
        actor=actor,
        action="release.claim",
        subject=f"contract:{contract.name}@{version}",
        detail={"revision": prepared.revision, "ordinal": release.ordinal, "waived": _waived(comparison)},
    )
    return ReleaseReceipt(contract.name, version, release.ordinal, created=True, baseline=baseline, comparison=comparison)


def _held(releases: Sequence[ReleaseNumber], prepared: PreparedContract, declared: Version | None) -> ReleaseNumber | None:
    """The release that this content has already: under the declared number, or under any when none is declared."""
    same = [release for release in releases if release.revision == prepared.revision]
    if declared is not None:
        same = [release for release in same if release.version == declared]
    return same[-1] if same else None


def _proposed(
    store: Store,
    gate: Gate,
    new: Source,
    standing: Sequence[ReleaseNumber],
    taken: dict[Version, ReleaseNumber],
) -> tuple[Version, str, Comparison]:
    """The number after the newest release. Raises ReleaseRefused: a new major is never proposed, it has to be declared."""
    highest = newest(release.version for release in standing)
    if highest is None:
        return propose(newest(taken), Bump.MAJOR), "", Comparison()
    comparison = gate.judge(_source(store, taken[highest]), new)
    if highest.gated and gate.refuses(comparison):
        raise ReleaseRefused(gate.contract.name, "(undeclared)", f"{gate.contract.name} {highest}", comparison)
    gated = gate.contract.mode is not Mode.NONE and highest.gated
    version = propose(highest, needed_bump(comparison, gated=gated))
    while version in taken:  # a yanked number stays taken
        version = propose(version, Bump.PATCH)
    if version.gated and gate.contract.mode.transitive:
        _check_line(store, gate, new, version, standing)
    return version, str(highest), comparison


def _declared(store: Store, gate: Gate, new: Source, version: Version, standing: Sequence[ReleaseNumber]) -> tuple[str, Comparison]:
    """Judge a declared number against its neighbours; for a new major, only classify what changed since the line before."""
    by_version = {release.version: release for release in standing}
    below, above = neighbours(version, by_version)
    if not version.gated or (below is None and above is None):
        return _classified(store, gate, new, version, standing)
    comparison = Comparison()
    if below is not None:
        comparison = gate.judge(_source(store, by_version[below]), new)
        _require_fit(gate, version, below, version, comparison)
    if above is not None:
        _require_fit(gate, version, version, above, gate.judge(new, _source(store, by_version[above])))
    if gate.contract.mode.transitive:
        _check_line(store, gate, new, version, standing)
    return ("" if below is None else str(below)), comparison


def _classified(
    store: Store, gate: Gate, new: Source, version: Version, standing: Sequence[ReleaseNumber]
) -> tuple[str, Comparison]:
    lower = newest(release.version for release in standing if release.version < version)
    if lower is None:
        return "", Comparison()
    previous = next(release for release in standing if release.version == lower)
    return str(lower), gate.judge(_source(store, previous), new)


def _require_fit(gate: Gate, subject: Version, lower: Version, upper: Version, comparison: Comparison) -> None:
    """Raise unless the step from `lower` to `upper` is allowed and large enough."""
    name = gate.contract.name
    if gate.refuses(comparison):
        other = lower if subject == upper else upper
        raise ReleaseRefused(name, str(subject), f"{name} {other}", comparison)
    bump = needed_bump(comparison, gated=gate.contract.mode is not Mode.NONE)
    needed = lower.next(bump)
    if upper < needed:
        raise NumberTooSmall(name, str(upper), str(needed), _reason(comparison, lower))


def _check_line(store: Store, gate: Gate, new: Source, version: Version, standing: Sequence[ReleaseNumber]) -> None:
    """Transitive modes: every release of the major line counts, the farther ones too."""
    for release, comparison in refused_by_line(store, gate, new, version, standing):
        name = gate.contract.name
        raise ReleaseRefused(name, str(version), f"{name} {release.version}", comparison)


def refused_by_line(
    store: Store, gate: Gate, new: Source, version: Version, standing: Sequence[ReleaseNumber]
) -> Iterator[tuple[ReleaseNumber, Comparison]]:
    """The releases of a number's major line that new content does not fit, with why.

    A removed promise was judged at the step that removed it, against the release that had announced its end; releases from before
    the announcement would raise it again.
    """
    line = sorted(
        (release for release in standing if release.version.major == version.major and release.version.gated),
        key=lambda release: release.version,
    )
    kept = store.releases.comparisons([release.id for release in line])
    below = [_source(store, release) for release in line if release.version < version]
    gate.comparer.compare_history(gate.contract, below, new, gate.contract.mode)
    for release in line:
        lower, upper = sorted((release.version, version))
        between = [kept[other.id] for other in line if lower < other.version <= upper]
        pair = (_source(store, release), new) if release.version < version else (new, _source(store, release))
        found = gate.judge(*pair, between)
        comparison = found.with_changes([change for change in found.changes if not change.removes_promise])
        if gate.refuses(comparison):
            yield release, comparison


def _source(store: Store, release: ReleaseNumber) -> Source:
    return store.revisions.source(release.revision, release.entry)


def _reason(comparison: Comparison, since: Version) -> str:
    """The worst few changes, in words."""
    first = comparison.changes[:3]
    if not first:
        return f"{len(comparison.undecided)} undecided since {since}" if comparison.undecided else f"other content than {since}"
    more = f" and {len(comparison.changes) - 3} more" if len(comparison.changes) > 3 else ""
    return f"since {since}: {'; '.join(f'{change.rule} at {change.new or change.old}' for change in first)}{more}"


def _waived(comparison: Comparison) -> list[str]:
    rows = (*comparison.changes, *comparison.undecided)
    return sorted({row.rule for row in rows if row.waived_by is not None})


def _difference(store: Store, revision: str, source: Source) -> str:
    """Which files differ, for the message of a number that is taken."""
    held = {path: blob for path, blob, _ in store.revisions.files(revision)}
    offered = {path: digest_of(data) for path, data in source.files.items()}
    differing = sorted(path for path in held.keys() | offered.keys() if held.get(path) != offered.get(path))
    return f"{', '.join(differing[:3])} differ{'s' if len(differing) == 1 else ''}"
