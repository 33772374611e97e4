"""The date from which an element may be gone was moved, deleted or made unreadable."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._shared import ANNOTATION, CHANGES, NOTED, places, spelt
from registry.engines.jsonschema.sunset import sunset_of
from registry.engines.jsonschema.values import same_value
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="sunset-moved-earlier",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.LIFECYCLE,
    action=Action.NARROWED,
    nature=Nature.PROMISE,
    severity=CHANGES,
    breaks=Example(old="{deprecated: true, x-sunset: '2031-01-01'}", new="{deprecated: true, x-sunset: '2030-01-01'}"),
    fine=Example(old="{deprecated: true, x-sunset: '2030-01-01'}", new="{deprecated: true, x-sunset: '2031-01-01'}"),
)
def sunset_moved_earlier(pair: SchemaPair) -> Iterator[Seen]:
    """The sunset comes earlier than was promised.

    Readers planned with the later date.
    """
    old, new = pair.old.note("x-sunset"), pair.new.note("x-sunset")
    before, after = sunset_of(old.value if old else None), sunset_of(new.value if new else None)
    if old and new and before and after and after < before:
        yield Seen(f"The sunset moved from {old.value} to {new.value}.", old.location, new.location, witness=ANNOTATION)


@rule(
    id="sunset-moved-later",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.LIFECYCLE,
    action=Action.WIDENED,
    nature=Nature.PROMISE,
    severity=NOTED,
    breaks=Example(old="{deprecated: true, x-sunset: '2030-01-01'}", new="{deprecated: true, x-sunset: '2031-01-01'}"),
    fine=Example(old="{deprecated: true, x-sunset: '2031-01-01'}", new="{deprecated: true, x-sunset: '2030-01-01'}"),
    cap_reason="readers have more time than they planned with",
)
def sunset_moved_later(pair: SchemaPair) -> Iterator[Seen]:
    """The sunset comes later than was promised.

    Readers have more time.
    """
    old, new = pair.old.note("x-sunset"), pair.new.note("x-sunset")
    before, after = sunset_of(old.value if old else None), sunset_of(new.value if new else None)
    if old and new and before and after and after > before:
        yield Seen(f"The sunset moved from {old.value} to {new.value}.", old.location, new.location, witness=ANNOTATION)


@rule(
    id="sunset-deleted",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.LIFECYCLE,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=CHANGES,
    breaks=Example(old="{deprecated: true, x-sunset: '2030-01-01'}", new="deprecated: true"),
    fine=Example(old="{deprecated: true, x-sunset: '2030-01-01'}", new="deprecated: false"),
)
def sunset_deleted(pair: SchemaPair) -> Iterator[Seen]:
    """The sunset of an element that stays deprecated was taken back.

    Readers no longer know how long they may use it.
    """
    old, new, still = pair.old.note("x-sunset"), pair.new.note("x-sunset"), pair.new.note("deprecated")
    if old is not None and new is None and still is not None and still.value is True:
        yield Seen(f"The sunset {old.value} was deleted.", old.location, pair.new.location, witness=ANNOTATION)


@rule(
    id="sunset-unparsable",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.LIFECYCLE,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=CHANGES,
    breaks=Example(old="deprecated: true", new="{deprecated: true, x-sunset: next spring}"),
    fine=Example(old="deprecated: true", new="{deprecated: true, x-sunset: '2030-01-01'}"),
)
def sunset_unparsable(pair: SchemaPair) -> Iterator[Seen]:
    """The sunset is neither a full-date nor a date-time.

    Nobody can tell when the element may go, so it never may.
    """
    old, new = pair.old.note("x-sunset"), pair.new.note("x-sunset")
    if new is not None and sunset_of(new.value) is None and not (old is not None and same_value(old.value, new.value)):
        message = f"The sunset {spelt(new.value)} is neither a full-date nor a date-time of RFC 3339."
        yield Seen(message, *places(pair, old, new), witness=ANNOTATION)
