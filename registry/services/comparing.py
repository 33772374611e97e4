"""Comparing revisions that the registry holds, each pair once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from registry.domain.change import Comparison
from registry.domain.contract import Mode, Source
from registry.domain.records import ContractRecord
from registry.engines.documents.limits import Limits
from registry.services import formats
from registry.storage.releases import ComparisonKey
from registry.storage.store import Store


class Comparer:
    """Compares revisions of contracts and remembers the outcomes when `remembers` (that is, in a writing transaction)."""

    def __init__(self, store: Store, *, as_of: datetime, limits: Limits, remembers: bool) -> None:
        self._store = store
        self._as_of = as_of
        self.limits = limits
        self._remembers = remembers
        self._made: dict[ComparisonKey, Comparison] = {}

    def compare(self, contract: ContractRecord, old: Source, new: Source, mode: Mode) -> Comparison:
        """What changed between two revisions of a contract, without consumers, waivers and policy."""
        if (old.digest, old.entry) == (new.digest, new.entry):
            return Comparison()
        key = self._key(contract, old, new, mode)
        known = self._known(key)
        if known is not None:
            return known
        comparison = formats.compare(
            contract.kind,
            old,
            new,
            subject=contract.name,
            mode=mode,
            as_of=self._as_of,
            limits=self.limits,
            policy=contract.policy,
        )
        self._keep(key, comparison)
        return comparison

    def compare_history(self, contract: ContractRecord, history: Sequence[Source], new: Source, mode: Mode) -> None:
        """Compare a revision with many older ones in one pass, so that `compare` knows the answers."""
        keys = {self._key(contract, old, new, mode): old for old in history}
        unknown = {key: old for key, old in keys.items() if key.old != key.new and self._known(key) is None}
        comparisons = formats.compare_history(
            contract.kind,
            tuple(unknown.values()),
            new,
            subject=contract.name,
            mode=mode,
            as_of=self._as_of,
            limits=self.limits,
            policy=contract.policy,
        )
        for key, comparison in zip(unknown, comparisons, strict=True):
            self._keep(key, comparison)

    def _key(self, contract: ContractRecord, old: Source, new: Source, mode: Mode) -> ComparisonKey:
        day = self._as_of.astimezone(UTC).date().isoformat()
        judge = formats.judged_by(contract.name, (old.entry, new.entry), contract.policy)
        return ComparisonKey(contract.id, old.digest, new.digest, mode, judge, day)

    def _known(self, key: ComparisonKey) -> Comparison | None:
        return self._made.get(key) or self._store.releases.remembered(key)

    def _keep(self, key: ComparisonKey, comparison: Comparison) -> None:
        self._made[key] = comparison
        if self._remembers:
            self._store.releases.remember(key, comparison)

    def compare_revisions(self, contract: ContractRecord, old: tuple[str, str], new: tuple[str, str], mode: Mode) -> Comparison:
        """The same for two (revision digest, entry) pairs."""
        if old == new:
            return Comparison()
        revisions = self._store.revisions
        return self.compare(contract, revisions.source(*old), revisions.source(*new), mode)
