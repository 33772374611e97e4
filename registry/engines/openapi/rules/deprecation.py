"""An operation, a parameter or a header was deprecated, or is no longer."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.rules._shared import announced, deprecable
from registry.engines.openapi.wording import named
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, rule, safe


@rule(
    id="element-deprecated",
    contract_kind=ContractKind.OPENAPI,
    area=Area.OPERATION,
    aspect=Aspect.LIFECYCLE,
    action=Action.DEPRECATED,
    nature=Nature.PROMISE,
    severity=safe(),
    breaks=Example(old="GET /carts: {}", new="GET /carts: {deprecated: true, x-sunset: 2031-01-31}"),
    fine=Example(old="GET /carts: {deprecated: true}", new="GET /carts: {deprecated: true, summary: Old}"),
    names=("endpoint-deprecated", "endpoint-deprecated-with-sunset", "request-parameter-deprecated"),
)
def element_deprecated(contracts: ContractPair) -> Iterator[Finding]:
    """An operation, a parameter or a header was deprecated.

    It still works. Without an `x-sunset` nobody knows for how long, and removing it breaks until one was declared and has passed.
    """
    for thing in deprecable(contracts):
        if thing.new.lifecycle.deprecated and not thing.old.lifecycle.deprecated:
            sunset = thing.new.lifecycle.sunset
            if sunset is None:
                until = "no sunset is declared, so it cannot be removed yet"
            elif thing.new.lifecycle.ends is None:
                until = "nobody can tell until when it works"
            else:
                until = f"it works until {sunset}"
            yield announced(thing, f"{named(thing.new)} was deprecated; {until}")


@rule(
    id="element-reactivated",
    contract_kind=ContractKind.OPENAPI,
    area=Area.OPERATION,
    aspect=Aspect.LIFECYCLE,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=safe(),
    breaks=Example(old="GET /carts: {deprecated: true}", new="GET /carts: {}"),
    fine=Example(old="GET /carts: {}", new="GET /carts: {deprecated: true}"),
    names=("endpoint-reactivated", "request-parameter-reactivated"),
)
def element_reactivated(contracts: ContractPair) -> Iterator[Finding]:
    """An operation, a parameter or a header is no longer deprecated.

    Its end is called off: nobody has to move.
    """
    for thing in deprecable(contracts):
        if thing.old.lifecycle.deprecated and not thing.new.lifecycle.deprecated:
            yield announced(thing, f"{named(thing.new)} is no longer deprecated")
