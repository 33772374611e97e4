"""A stability level that is none of the four words."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.rules._shared import PROMISE_WITHDRAWN, announced, deprecable
from registry.engines.openapi.wording import named
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, rule


@rule(
    id="stability-became-unreadable",
    contract_kind=ContractKind.OPENAPI,
    area=Area.OPERATION,
    aspect=Aspect.LIFECYCLE,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=PROMISE_WITHDRAWN,
    breaks=Example(old="GET /carts: {}", new="GET /carts: {x-stability-level: experimental}"),
    fine=Example(old="GET /carts: {}", new="GET /carts: {x-stability-level: beta}"),
    names=("api-invalid-stability-level",),
)
def stability_became_unreadable(contracts: ContractPair) -> Iterator[Finding]:
    """A stability level was written that is not draft, alpha, beta or stable.

    What nobody can read promises nothing, and it cannot be told whether changes are to be gated.
    """
    for thing in deprecable(contracts):
        old, new = thing.old.lifecycle, thing.new.lifecycle
        if new.level is None and new.stability != old.stability:
            yield announced(thing, f"the stability level {new.stability!r} of {named(thing.new)} is not one of the four")
