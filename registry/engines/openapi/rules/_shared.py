"""What many rules share: severities that depend on the side, and the walk over everything that can be deprecated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from registry.domain.verdict import Direction, Severity
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.lifecycle import Stability
from registry.engines.openapi.matching import Pair
from registry.engines.openapi.model import Header, Operation, Parameter
from registry.engines.openapi.wording import sentence
from registry.engines.rulebook.rule import Finding, by_direction

OFFER_REMOVED = by_direction(backward=Severity.BREAKING, forward=Severity.SAFE)
"""Old clients miss what is gone; new clients never knew it."""

OFFER_ADDED = by_direction(backward=Severity.SAFE, forward=Severity.BREAKING)
"""Old clients do not know what is new; new clients miss it in the old server."""

PROMISE_WITHDRAWN = by_direction(backward=Severity.BREAKING, forward=Severity.SAFE)
"""Who planned with the old word is let down; who knows only the new one is not."""

NARROWED = by_direction(backward=Severity.BREAKING, forward=Severity.SAFE)
"""Fewer messages are described: a reader refuses what writers of the old version wrote."""

WIDENED = by_direction(backward=Severity.SAFE, forward=Severity.BREAKING)
"""More messages are described: a reader of the old version refuses what is written now."""

Deprecable: TypeAlias = "Pair[Operation] | Pair[Parameter] | Pair[Header]"


def deprecable(contracts: ContractPair) -> Iterator[Deprecable]:
    """Everything in both versions that has a lifecycle of its own, properties aside: those are the schema engine's."""
    yield from contracts.operations.kept
    yield from contracts.parameters.kept
    yield from contracts.headers.kept
    yield from contracts.part_headers.kept


def announced(thing: Deprecable, message: str, *, removes_promise: bool = False) -> Finding:
    """The finding that the lifecycle of something changed, said to clients.

    They rely on headers and on what webhooks carry as on what they send, so the direction is theirs and never reversed.
    """
    return replace(thing.changed(sentence(message), removes_promise=removes_promise), direction=Direction.BACKWARD)


def level_promised(thing: Deprecable) -> Stability:
    """How firm something was: as it said itself, but no firmer than the firmest of the operations that have it."""
    own = thing.old.lifecycle.level
    around = max((context.exchange.old.lifecycle.level or Stability.STABLE) for context in thing.contexts)
    return around if own is None else min(own, around)
