"""Which operations promise anything: those whose stability level is draft or alpha are classified, not gated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from registry.domain.change import Change
from registry.domain.verdict import Severity
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.lifecycle import Stability
from registry.engines.openapi.model import Operation

_CAPS = {Stability.DRAFT: Severity.SAFE, Stability.ALPHA: Severity.RISKY}


@dataclass(frozen=True, slots=True)
class Gating:
    """The operations that are not gated, with the worst severity that a change inside them can have."""

    caps: Mapping[str, tuple[Stability, Severity]]

    @staticmethod
    def of(contracts: ContractPair) -> Gating:
        """Read from the old version: what it promised counts, not what the new one says about it."""
        caps: dict[str, tuple[Stability, Severity]] = {}
        for operation in _old_operations(contracts):
            level = operation.lifecycle.level
            if level is not None and level in _CAPS:
                caps[operation.element] = (level, _CAPS[level])
        return Gating(caps)

    def capped(self, change: Change) -> Change:
        """The change, no worse than the firmest of the operations that it reaches allows."""
        if not self.caps or not change.elements or change.severity is Severity.SAFE:
            return change
        found = [self._cap(element) for element in change.elements]
        firmest = max(found, key=lambda cap: cap[0])
        if change.severity.rank >= firmest[1].rank:
            return change
        message = f"{change.message} Not gated: the stability level is {firmest[0].name.lower()}."
        return replace(change, severity=firmest[1], message=message)

    def _cap(self, element: str) -> tuple[Stability, Severity]:
        operation = " ".join(element.split(" ", 2)[:2])
        return self.caps.get(operation, (Stability.STABLE, Severity.BREAKING))


def _old_operations(contracts: ContractPair) -> Iterator[Operation]:
    yield from (pair.old for pair in contracts.operations.kept)
    yield from (single.thing for single in contracts.operations.removed)
    for path in contracts.paths.removed:
        yield from path.thing.operations
