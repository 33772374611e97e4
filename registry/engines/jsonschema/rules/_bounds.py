"""What the rules about bounds share: which of two bounds is stricter, and how a changed one is told."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.location import Location
from registry.engines.jsonschema.dialect import Bound
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._shared import places, spelt
from registry.engines.jsonschema.values import exact
from registry.engines.jsonschema.view import Fact, SchemaView

PlacedBound = tuple[Bound, Location]


def limit_tightened(pair: SchemaPair, keyword: str, *, lower: bool) -> Iterator[Seen]:
    """A count (`minLength`, `maxItems` ...) that admits less than before; `lower` when more is stricter."""
    old, new = _limit(pair.old, keyword, lower=lower), _limit(pair.new, keyword, lower=lower)
    if new is not None and (old is None or _stricter(new, old, lower=lower)):
        yield _limit_seen(pair, keyword, old, new)


def limit_lifted(pair: SchemaPair, keyword: str, *, lower: bool) -> Iterator[Seen]:
    """A count that admits more than before."""
    old, new = _limit(pair.old, keyword, lower=lower), _limit(pair.new, keyword, lower=lower)
    if old is not None and (new is None or _stricter(old, new, lower=lower)):
        yield _limit_seen(pair, keyword, old, new)


def _limit(view: SchemaView, keyword: str, *, lower: bool) -> Fact | None:
    return view.greatest(keyword) if lower else view.least(keyword)


def _stricter(left: Fact, right: Fact, *, lower: bool) -> bool:
    one, other = left.value, right.value
    if not isinstance(one, int | float) or not isinstance(other, int | float):
        return False
    return one > other if lower else one < other


def _limit_seen(pair: SchemaPair, keyword: str, old: Fact | None, new: Fact | None) -> Seen:
    before, after = (spelt(fact.value) if fact else "none" for fact in (old, new))
    return Seen(f"`{keyword}` changed from {before} to {after}.", *places(pair, old, new), keywords=(keyword,))


def tighter(left: Bound, right: Bound, *, lower: bool) -> bool:
    """Whether the first end of a range admits less than the second."""
    one, other = exact(left.value), exact(right.value)
    if one == other:
        return left.exclusive and not right.exclusive
    return one > other if lower else one < other


def bound_seen(pair: SchemaPair, name: str, old: PlacedBound | None, new: PlacedBound | None) -> Seen:
    """A changed end of a range; asks about both of its words, because drafts spell exclusiveness differently."""
    message = f"`{name}` changed from {_bound_spelt(old)} to {_bound_spelt(new)}."
    exclusive = "exclusive" + name.capitalize()
    before = old[1] if old else pair.old.location
    return Seen(message, before, new[1] if new else pair.new.location, keywords=(name, exclusive))


def _bound_spelt(bound: PlacedBound | None) -> str:
    if bound is None:
        return "none"
    return f"{spelt(bound[0].value)}{' (exclusive)' if bound[0].exclusive else ''}"


def step(view: SchemaView) -> Fact | None:
    """The coarsest `multipleOf` stated."""
    return view.greatest("multipleOf")


def step_spelt(fact: Fact | None) -> str:
    """A step as it stands in a message."""
    return spelt(fact.value) if fact else "none"


def coarser(left: Fact, right: Fact) -> bool:
    """Whether every multiple of the first step is one of the second, and not the reverse."""
    one, other = left.value, right.value
    if not isinstance(one, int | float) or not isinstance(other, int | float) or one <= 0 or other <= 0:
        return False
    return exact(one) != exact(other) and exact(one) % exact(other) == 0


def unique(view: SchemaView) -> Fact | None:
    """The demand that items differ, when there is one."""
    return next((fact for fact in view.facts("uniqueItems") if fact.value is True), None)


def patterns(view: SchemaView) -> list[Fact]:
    """Every pattern that a text must match."""
    return [fact for fact in view.facts("pattern") if isinstance(fact.value, str)]
