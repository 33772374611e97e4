"""Who breaks: joining changes with what consumers are known to use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from registry.domain.change import Change, Comparison, ConsumerUse, in_order
from registry.domain.element import contains, operation_asked, parent
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


@dataclass(frozen=True, slots=True)
class Audience:
    """Who uses a revision of a contract, and what there is in it to use.

    `known` are the revision's elements. `carriers` are those that only lead to others: Protobuf methods, which carry messages.
    """

    consumers: tuple[KnownConsumer, ...]
    known: frozenset[str]
    carriers: frozenset[str] = frozenset()


def join(comparison: Comparison, audience: Audience) -> Comparison:
    """The comparison with each change's consumers filled in.

    A promise removed after its sunset (risky as the engine sees it) breaks when a deployed consumer is known to use it, is safe
    when every consumer's use is known and none touches it, and stays risky otherwise.
    """
    changes = [_joined(change, audience) for change in comparison.changes]
    return replace(comparison, changes=in_order(changes))


def reached(changed: Sequence[str], uses: frozenset[str], audience: Audience, *, gone: bool = False) -> tuple[str, ...]:
    """The used elements that a change to some elements reaches, sorted. `gone` when the change takes away what was offered.

    What changed reaches its parts. It reaches its whole only where the consumer says no more than the whole: who reads three
    properties of an order is not reached by a fourth. An element that is new counts as the nearest one around it that was there,
    and a change to a request reaches whoever sends that request, unless it is the loss of a part that they do not send.
    """
    named = {_generalised(use, audience.known) for use in uses}
    details = {use for use in named if not any(other != use and contains(use, other) for other in named)}
    found: set[str] = set()
    for target in _targets(changed, named, audience):
        place = _standing(target, audience.known)
        found.update(use for use in named if contains(place, use) or (use in details and contains(use, place)))
        operation = operation_asked(target)
        if operation is not None and not gone and any(contains(operation, use) for use in named):
            found.add(operation)
    return tuple(sorted(found))


def _targets(changed: Sequence[str], uses: set[str], audience: Audience) -> Sequence[str]:
    """The changed elements that count for a consumer.

    The first is the one that changed, the others are what it is reached through: methods that merely carry it do not count for a
    consumer that says which fields it uses.
    """
    if not uses - audience.carriers:
        return changed
    return [element for index, element in enumerate(changed) if index == 0 or element not in audience.carriers]


def _standing(element: str, known: frozenset[str]) -> str:
    """The element itself, or the nearest one around it that was there before."""
    place = element
    while place and place not in known:
        place = parent(place)
    return place or element


def _generalised(use: str, known: frozenset[str]) -> str:
    """A use in the contract's words: the member `$.prices.mug` of a map is `$.prices{}` there."""
    if use in known:
        return use
    entry = f"{parent(use)}{{}}"
    return entry if entry in known else use


def _joined(change: Change, audience: Audience) -> Change:
    uses = (_use(change, consumer, audience) for consumer in audience.consumers)
    found = change.with_consumers([use for use in uses if use is not None])
    if not (change.removes_promise and change.severity is Severity.RISKY):
        return found
    if any(use.elements and use.environments for use in found.consumers):
        return found.with_severity(Severity.BREAKING)
    everything_known = all(consumer.elements is not None for consumer in audience.consumers)
    if audience.consumers and everything_known and not found.consumers:
        return found.with_severity(Severity.SAFE)
    return found


def _use(change: Change, consumer: KnownConsumer, audience: Audience) -> ConsumerUse | None:
    if consumer.elements is None:
        if change.severity is Severity.SAFE:
            return None  # whoever may use anything is not worth naming where nothing hurts
        elements: tuple[str, ...] = ()
    else:
        elements = reached(change.elements, consumer.elements, audience, gone=change.removes_promise)
        if not elements:
            return None
    return ConsumerUse(consumer.service, consumer.version, consumer.environments, elements, consumer.source)
