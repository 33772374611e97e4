"""What many rules share: severities that depend on the side, and the walk over everything that can be deprecated."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from registry.domain.verdict import Severity
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.matching import Pair
from registry.engines.openapi.model import Header, Operation, Parameter
from registry.engines.rulebook.rule import by_direction

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
