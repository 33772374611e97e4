"""Who breaks: joining changes with what consumers are known to use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from registry.domain.change import Change, Comparison, ConsumerUse, in_order
from registry.domain.element import touched
from registry.domain.verdict import Severity


@dataclass(frozen=True, slots=True)
class KnownConsumer:
    """A consumer version of a contract, where it runs, and what it uses.

    `elements` None: it declared no detail and may use all of the contract. `source` says how the use is known.
    """

    service: str
    version: str
    environments: tuple[str, ...]
    elements: frozenset[str] | None
    source: str


def join(comparison: Comparison, consumers: Sequence[KnownConsumer]) -> Comparison:
    """The comparison with each change's consumers filled in.

    A promise removed after its sunset (risky as the engine sees it) breaks when a deployed consumer is known to use it, is safe
    when every consumer's use is known and none touches it, and stays risky otherwise.
    """
    changes = [_joined(change, consumers) for change in comparison.changes]
    return replace(comparison, changes=in_order(changes))


def _joined(change: Change, consumers: Sequence[KnownConsumer]) -> Change:
    reached = tuple(use for consumer in consumers if (use := _use(change, consumer)) is not None)
    found = change.with_consumers(reached)
    if not (change.removes_promise and change.severity is Severity.RISKY):
        return found
    if any(use.elements and use.environments for use in reached):
        return found.with_severity(Severity.BREAKING)
    if consumers and all(consumer.elements is not None for consumer in consumers) and not reached:
        return found.with_severity(Severity.SAFE)
    return found


def _use(change: Change, consumer: KnownConsumer) -> ConsumerUse | None:
    if consumer.elements is None:
        if change.severity is Severity.SAFE:
            return None  # whoever may use anything is not worth naming where nothing hurts
        elements: tuple[str, ...] = ()
    else:
        elements = touched(change.elements, consumer.elements)
        if not elements:
            return None
    return ConsumerUse(consumer.service, consumer.version, consumer.environments, elements, consumer.source)
