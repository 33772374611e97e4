"""Values sort otherwise than before."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.avro.pair import Pair, Seen
from registry.engines.avro.rules._shared import RISKS
from registry.engines.avro.schema import Enum
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule

_CAP = "every record is read alike; only who compares or sorts them is concerned"


@rule(
    id="sort-order-changed",
    contract_kind=ContractKind.AVRO,
    area=Area.FIELD,
    aspect=Aspect.STRUCTURE,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=RISKS,
    breaks=Example(
        old="{type: record, name: Line, fields: [{name: sku, type: string}]}",
        new="{type: record, name: Line, fields: [{name: sku, type: string, order: descending}]}",
    ),
    fine=Example(
        old="{type: record, name: Line, fields: [{name: sku, type: string}]}",
        new="{type: record, name: Line, fields: [{name: sku, type: string, order: ascending}]}",
    ),
    cap_reason=_CAP,
)
def sort_order_changed(pair: Pair) -> Iterator[Seen]:
    """A field counts otherwise when records are sorted.

    Sorted files that were written before are not sorted for readers with the new schema.
    """
    for match in pair.fields.matched:
        old, new = pair.sides.ordered(match.reader, match.writer)
        if old.order != new.order:
            message = f"the order of the field {new.name} changed from {old.order} to {new.order}"
            yield Seen(message, old.place.location, new.place.location, member=f".{old.name}")


@rule(
    id="enum-symbols-reordered",
    contract_kind=ContractKind.AVRO,
    area=Area.ENUM,
    aspect=Aspect.STRUCTURE,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=RISKS,
    breaks=Example(
        old="{type: enum, name: Size, symbols: [SMALL, LARGE]}",
        new="{type: enum, name: Size, symbols: [LARGE, SMALL]}",
    ),
    fine=Example(
        old="{type: enum, name: Size, symbols: [SMALL, LARGE], default: SMALL}",
        new="{type: enum, name: Size, symbols: [SMALL, MIDDLE, LARGE], default: SMALL}",
    ),
    cap_reason=_CAP,
)
def enum_symbols_reordered(pair: Pair) -> Iterator[Seen]:
    """The symbols that an enum keeps stand in another order.

    An enum sorts by the places of its symbols, and programs that keep the place instead of the name meet another symbol.
    """
    old, new = pair.old, pair.new
    if isinstance(old, Enum) and isinstance(new, Enum):
        before = [symbol for symbol in old.symbols if symbol in new.symbols]
        if before != [symbol for symbol in new.symbols if symbol in old.symbols]:
            yield Seen("the symbols stand in another order", *pair.places)
