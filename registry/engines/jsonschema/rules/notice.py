"""An element was deprecated with less notice than the owner of the contract promises."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._shared import ANNOTATION, CHANGES, places, spelt
from registry.engines.jsonschema.sunset import sunset_of
from registry.engines.jsonschema.view import Fact, SchemaView
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="notice-too-short",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.LIFECYCLE,
    action=Action.DEPRECATED,
    nature=Nature.PROMISE,
    severity=CHANGES,
    breaks=Example(old="{deprecated: true}", new="{deprecated: true, x-sunset: '2020-01-01'}"),
    fine=Example(old="{deprecated: true}", new="{deprecated: true, x-sunset: '2031-01-01'}"),
)
def notice_too_short(pair: SchemaPair) -> Iterator[Seen]:
    """The element was deprecated without a sunset, or with one nearer than the minimum notice of its stability level.

    Readers have less time to move than they were promised. Asked only where the manifest sets `minimum_notice` for the level; a
    date that was announced before and comes nearer by itself is fine.
    """
    said = pair.old.note("x-stability-level")
    level = said.value if said and isinstance(said.value, str) else "stable"
    days = pair.minimum_notice.get(level, 0)
    old, new = pair.old.note("x-sunset"), pair.new.note("x-sunset")
    was_deprecated = _is_deprecated(pair.old)
    if not days or not _is_deprecated(pair.new) or (was_deprecated and old is not None and sunset_of(old.value) is not None):
        return
    ends = sunset_of(new.value) if new else None
    promised = f"{days} days are promised for what is {level}"
    if new is None and not was_deprecated:
        yield _short(f"It is deprecated without a sunset: {promised}.", pair, None, pair.new.note("deprecated"))
    elif new is not None and ends is not None and ends < pair.as_of + timedelta(days=days):
        yield _short(f"The sunset {spelt(new.value)} is too near: {promised}.", pair, old, new)


def _short(message: str, pair: SchemaPair, old: Fact | None, new: Fact | None) -> Seen:
    """A promise broken by who announces; later releases, which meet the same words nearer to the date, announce nothing."""
    return Seen(message, *places(pair, old, new), witness=ANNOTATION, removes_promise=True)


def _is_deprecated(view: SchemaView) -> bool:
    said = view.note("deprecated")
    return said is not None and said.value is True
