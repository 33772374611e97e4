"""Something was deprecated with less notice than the owner of the contract promises."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from registry.domain.contract import ContractKind
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.rules._shared import PROMISE_WITHDRAWN, announced, deprecable, level_promised
from registry.engines.openapi.wording import named
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, rule


@rule(
    id="notice-too-short",
    contract_kind=ContractKind.OPENAPI,
    area=Area.OPERATION,
    aspect=Aspect.LIFECYCLE,
    action=Action.DEPRECATED,
    nature=Nature.PROMISE,
    severity=PROMISE_WITHDRAWN,
    breaks=Example(old="GET /carts: {}", new="GET /carts: {deprecated: true, x-sunset: 2020-01-31}"),
    fine=Example(old="GET /carts: {}", new="GET /carts: {deprecated: true, x-sunset: 2031-01-31}"),
    names=(
        "api-deprecated-sunset-missing",
        "api-sunset-date-too-small",
        "request-parameter-deprecated-sunset-missing",
        "request-parameter-sunset-date-too-small",
    ),
)
def notice_too_short(contracts: ContractPair) -> Iterator[Finding]:
    """An operation, a parameter or a header was deprecated without a sunset, or with one nearer than its minimum notice.

    Clients have less time to move than they were promised. Asked only where the manifest sets `minimum_notice` for the stability
    level; a date that was announced before and comes nearer by itself is fine.
    """
    for thing in deprecable(contracts):
        old, new, level = thing.old.lifecycle, thing.new.lifecycle, level_promised(thing)
        days = contracts.notice.get(level, 0)
        if not days or not new.deprecated or (old.deprecated and old.ends is not None):
            continue
        promised = f"{days} days are promised for what is {level.name.lower()}"
        # A promise broken by who announces: later releases meet the same words nearer to the date, and announce nothing.
        if new.sunset is None and not old.deprecated:
            message = f"{named(thing.new)} was deprecated without a sunset: {promised}"
            yield announced(thing, message, removes_promise=True)
        elif new.ends is not None and new.ends < contracts.as_of + timedelta(days=days):
            message = f"the sunset {new.sunset} of {named(thing.new)} is too near: {promised}"
            yield announced(thing, message, removes_promise=True)
