"""What promises anything: a draft or alpha operation is classified, not gated, and any draft or alpha thing may go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from registry.domain.change import Change
from registry.domain.location import child, tokens
from registry.domain.verdict import Severity
from registry.engines.openapi.contract import ApiContract, descend
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.lifecycle import Stability, stability_of
from registry.engines.openapi.model import Operation
from registry.engines.openapi.node import Node
from registry.engines.openapi.wording import sentence

_CAPS = {Stability.DRAFT: Severity.SAFE, Stability.ALPHA: Severity.RISKY}


@dataclass(frozen=True, slots=True)
class Gating:
    """The levels of the operations that are not gated, by element, and the old version, in which other things say their own."""

    levels: Mapping[str, Stability]
    old: ApiContract

    @staticmethod
    def of(contracts: ContractPair, old: ApiContract) -> Gating:
        """Read from the old version: what it promised counts, not what the new one says about it."""
        declared = {operation.element: operation.lifecycle.level for operation in _old_operations(contracts)}
        return Gating({element: level for element, level in declared.items() if level is not None and level in _CAPS}, old)

    def capped(self, change: Change) -> Change:
        """The change, no worse than the firmest of the operations that it reaches allows, or than a thing that is gone does.

        What is not gated stays so whoever uses it: usage raises the removal of a promise, and there was none.
        """
        if change.severity is Severity.SAFE:
            return change
        level = min(self._of_operations(change), self._of_what_is_gone(change))
        cap = _CAPS.get(level)
        if cap is None or change.severity.rank > cap.rank:
            return change
        message = f"{sentence(change.message)} Not gated: the stability level is {level.name.lower()}."
        return replace(change, severity=cap, message=message, removes_promise=False)

    def _of_operations(self, change: Change) -> Stability:
        if not self.levels or not change.elements:
            return Stability.STABLE
        return max(self._of_element(element) for element in change.elements)

    def _of_element(self, element: str) -> Stability:
        """The level of the operation that an element is part of; a callback's is no firmer than that of the operation around it."""
        around = (level for operation, level in self.levels.items() if f"{element} ".startswith(f"{operation} "))
        return min(around, default=Stability.STABLE)

    def _of_what_is_gone(self, change: Change) -> Stability:
        """The softest level that a removed thing declares itself, or that something around it does.

        Only for removals: an alpha parameter that becomes required hurts clients of a stable operation that never used it.
        """
        if not change.removes_promise or change.old is None:
            return Stability.STABLE
        root = Node(change.old.file, "", self.old.documents[change.old.file].value)
        steps = tokens(change.old.path)
        places = (descend(root, child("", *steps[:depth])) for depth in range(1, len(steps) + 1))
        inside = [place for place in places if place is not None]
        return min((_declared(self.old.resolve(node)) for node in inside), default=Stability.STABLE)


def _declared(node: Node) -> Stability:
    level = stability_of(node.raw("x-stability-level"))
    return Stability.STABLE if level is None else level


def _old_operations(contracts: ContractPair) -> Iterator[Operation]:
    yield from (pair.old for pair in contracts.operations.kept)
    yield from (single.thing for single in contracts.operations.removed)
    for holder in (*contracts.paths.removed, *contracts.webhooks.removed, *contracts.callbacks.removed):
        yield from holder.thing.operations
