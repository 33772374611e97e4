"""Comparing revisions that the registry holds, each pair once."""

from __future__ import annotations

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

    def compare(self, contract: ContractRecord, old: Source, new: Source, mode: Mode) -> Comparison:
        """What changed between two revisions of a contract, without consumers, waivers and policy."""
        if (old.digest, old.entry) == (new.digest, new.entry):
            return Comparison()
        day = self._as_of.astimezone(UTC).date().isoformat()
        judge = formats.judged_by(contract.name, (old.entry, new.entry), contract.policy)
        key = ComparisonKey(contract.id, old.digest, new.digest, mode, judge, day)
        known = self._store.releases.remembered(key)
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
        if self._remembers:
            self._store.releases.remember(key, comparison)
        return comparison

    def compare_revisions(self, contract: ContractRecord, old: tuple[str, str], new: tuple[str, str], mode: Mode) -> Comparison:
        """The same for two (revision digest, entry) pairs."""
        if old == new:
            return Comparison()
        revisions = self._store.revisions
        return self.compare(contract, revisions.source(*old), revisions.source(*new), mode)
