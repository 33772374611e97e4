"""A sunset that is no date."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.rules._shared import PROMISE_WITHDRAWN, announced, deprecable
from registry.engines.openapi.wording import named
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, rule


@rule(
    id="sunset-became-unreadable",
    contract_kind=ContractKind.OPENAPI,
    area=Area.OPERATION,
    aspect=Aspect.LIFECYCLE,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=PROMISE_WITHDRAWN,
    breaks=Example(old="GET /carts: {}", new="GET /carts: {deprecated: true, x-sunset: next spring}"),
    fine=Example(old="GET /carts: {}", new="GET /carts: {deprecated: true, x-sunset: '2031-01-31T12:00:00+01:00'}"),
    names=("api-deprecated-sunset-parse", "request-parameter-sunset-parse", "request-property-deprecated-sunset-invalid"),
)
def sunset_became_unreadable(contracts: ContractPair) -> Iterator[Finding]:
    """A sunset was declared, or rewritten, as something that is neither an RFC 3339 full-date nor a date-time.

    A date that cannot be read promises nothing, and a removal could never be judged by it.
    """
    for thing in deprecable(contracts):
        old, new = thing.old.lifecycle, thing.new.lifecycle
        if new.sunset is not None and new.ends is None and new.sunset != old.sunset:
            yield announced(thing, f"the sunset {new.sunset!r} of {named(thing.new)} is no RFC 3339 date, such as 2031-01-31")
