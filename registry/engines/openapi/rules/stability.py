"""The stability level of an operation changed."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.rules._shared import PROMISE_WITHDRAWN, announced, deprecable
from registry.engines.openapi.wording import named
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, rule, safe


@rule(
    id="stability-decreased",
    contract_kind=ContractKind.OPENAPI,
    area=Area.OPERATION,
    aspect=Aspect.LIFECYCLE,
    action=Action.NARROWED,
    nature=Nature.PROMISE,
    severity=PROMISE_WITHDRAWN,
    breaks=Example(old="GET /carts: {x-stability-level: stable}", new="GET /carts: {x-stability-level: alpha}"),
    fine=Example(old="GET /carts: {}", new="GET /carts: {x-stability-level: stable}"),
    names=("api-stability-decreased",),
)
def stability_decreased(contracts: ContractPair) -> Iterator[Finding]:
    """An operation, a parameter or a header promises less stability than before (draft, alpha, beta, stable; none means stable).

    Clients built on what was stable; changes that would have been stopped no longer are.
    """
    for thing in deprecable(contracts):
        old, new = thing.old.lifecycle.level, thing.new.lifecycle.level
        if old is not None and new is not None and new < old:
            yield announced(thing, f"the stability level of {named(thing.new)} went from {old.name.lower()} to {new.name.lower()}")


@rule(
    id="stability-increased",
    contract_kind=ContractKind.OPENAPI,
    area=Area.OPERATION,
    aspect=Aspect.LIFECYCLE,
    action=Action.WIDENED,
    nature=Nature.PROMISE,
    severity=safe(),
    breaks=Example(old="GET /carts: {x-stability-level: draft}", new="GET /carts: {x-stability-level: beta}"),
    fine=Example(old="GET /carts: {x-stability-level: stable}", new="GET /carts: {}"),
    names=("api-stability-increased",),
)
def stability_increased(contracts: ContractPair) -> Iterator[Finding]:
    """An operation, a parameter or a header promises more stability than before.

    Nothing that worked stops working; from now on more is gated.
    """
    for thing in deprecable(contracts):
        old, new = thing.old.lifecycle.level, thing.new.lifecycle.level
        if old is not None and new is not None and new > old:
            yield announced(thing, f"the stability level of {named(thing.new)} went from {old.name.lower()} to {new.name.lower()}")
