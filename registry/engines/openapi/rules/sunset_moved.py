"""The sunset of something deprecated moved."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.openapi.contract_pair import ContractPair
from registry.engines.openapi.rules._shared import PROMISE_WITHDRAWN, announced, deprecable
from registry.engines.openapi.wording import named
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, rule, safe


def _sunset(moment: str) -> str:
    return f"GET /carts: {{deprecated: true, x-sunset: {moment}}}"


@rule(
    id="sunset-moved-earlier",
    contract_kind=ContractKind.OPENAPI,
    area=Area.OPERATION,
    aspect=Aspect.LIFECYCLE,
    action=Action.NARROWED,
    nature=Nature.PROMISE,
    severity=PROMISE_WITHDRAWN,
    breaks=Example(old=_sunset("2031-01-31"), new=_sunset("2030-06-30")),
    fine=Example(
        old=_sunset("2031-01-31"),
        new=_sunset("'2031-02-01T00:00:00Z'"),
    ),
    names=("api-sunset-date-changed-too-small", "request-parameter-sunset-date-changed-too-small"),
)
def sunset_moved_earlier(contracts: ContractPair) -> Iterator[Finding]:
    """A sunset was moved to an earlier moment.

    Teams that planned their move by the date that was promised lose part of their time.
    """
    for thing in deprecable(contracts):
        old, new = thing.old.lifecycle, thing.new.lifecycle
        if new.deprecated and old.ends is not None and new.ends is not None and new.ends < old.ends:
            yield announced(thing, f"the sunset of {named(thing.old)} moved from {old.sunset} to {new.sunset}")


@rule(
    id="sunset-moved-later",
    contract_kind=ContractKind.OPENAPI,
    area=Area.OPERATION,
    aspect=Aspect.LIFECYCLE,
    action=Action.WIDENED,
    nature=Nature.PROMISE,
    severity=safe(),
    breaks=Example(old=_sunset("2031-01-31"), new=_sunset("2032-01-31")),
    fine=Example(old="GET /carts: {}", new=_sunset("2032-01-31")),
)
def sunset_moved_later(contracts: ContractPair) -> Iterator[Finding]:
    """A sunset was moved to a later moment.

    Everybody has more time for the move.
    """
    for thing in deprecable(contracts):
        old, new = thing.old.lifecycle, thing.new.lifecycle
        if old.ends is not None and new.ends is not None and new.ends > old.ends:
            yield announced(thing, f"the sunset of {named(thing.old)} moved from {old.sunset} to {new.sunset}")
