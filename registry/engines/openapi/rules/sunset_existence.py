"""The sunset of something deprecated was declared or taken back."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.rules._shared import PROMISE_WITHDRAWN, announced, deprecable
from registry.engines.openapi.wording import named
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, rule, safe


@rule(
    id="sunset-removed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.OPERATION,
    aspect=Aspect.LIFECYCLE,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=PROMISE_WITHDRAWN,
    breaks=Example(old="GET /carts: {deprecated: true, x-sunset: 2031-01-31}", new="GET /carts: {deprecated: true}"),
    fine=Example(old="GET /carts: {deprecated: true, x-sunset: 2031-01-31}", new="GET /carts: {}"),
    names=("sunset-deleted", "request-parameter-sunset-deleted"),
)
def sunset_removed(contracts: ContractPair) -> Iterator[Finding]:
    """The sunset of something that stays deprecated was taken back.

    The date was a promise that it works until then. Without it nobody knows how long it will.
    """
    for thing in deprecable(contracts):
        old, new = thing.old.lifecycle, thing.new.lifecycle
        if old.ends is not None and new.sunset is None and new.deprecated:
            yield announced(thing, f"the sunset {old.sunset} of {named(thing.old)} was removed", removes_promise=True)


@rule(
    id="sunset-added",
    contract_kind=ContractKind.OPENAPI,
    area=Area.OPERATION,
    aspect=Aspect.LIFECYCLE,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=safe(),
    breaks=Example(old="GET /carts: {deprecated: true}", new="GET /carts: {deprecated: true, x-sunset: 2031-01-31}"),
    fine=Example(old="GET /carts: {}", new="GET /carts: {deprecated: true, x-sunset: 2031-01-31}"),
)
def sunset_added(contracts: ContractPair) -> Iterator[Finding]:
    """Something that was deprecated already now says until when it works.

    Everybody can plan the move; from then on a removal is judged by that date.
    """
    for thing in deprecable(contracts):
        old, new = thing.old.lifecycle, thing.new.lifecycle
        if old.deprecated and old.sunset is None and new.ends is not None:
            yield announced(thing, f"{named(thing.new)} now has the sunset {new.sunset}")
