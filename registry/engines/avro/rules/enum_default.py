"""The default of an enum appeared, vanished or changed."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.avro.pair import Pair, Seen
from registry.engines.avro.rules._shared import NOTED, RISKS
from registry.engines.avro.schema import Enum
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule

_NONE = "{type: enum, name: Status, symbols: [OPEN, PAID]}"
_OPEN = "{type: enum, name: Status, symbols: [OPEN, PAID], default: OPEN}"
_PAID = "{type: enum, name: Status, symbols: [OPEN, PAID], default: PAID}"


@rule(
    id="enum-default-added",
    contract_kind=ContractKind.AVRO,
    area=Area.ENUM,
    aspect=Aspect.OPTION,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=NOTED,
    breaks=Example(old=_NONE, new=_OPEN),
    fine=Example(old=_OPEN, new=_NONE),
    cap_reason="readers can cope with more data than before",
)
def enum_default_added(pair: Pair) -> Iterator[Seen]:
    """An enum has a default where it had none.

    Readers with the new schema take it for symbols that they do not know; symbols can be added later.
    """
    old, new = _defaults(pair)
    if old is None and new is not None:
        yield Seen(f"{new} stands for unknown symbols now", *pair.places)


@rule(
    id="enum-default-removed",
    contract_kind=ContractKind.AVRO,
    area=Area.ENUM,
    aspect=Aspect.OPTION,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=RISKS,
    breaks=Example(old=_OPEN, new=_NONE),
    fine=Example(old=_NONE, new=_OPEN),
    cap_reason="the symbols of the version before are known; what else was written shows when that is compared",
)
def enum_default_removed(pair: Pair) -> Iterator[Seen]:
    """The default of an enum was taken back.

    Readers with the new schema refuse symbols that they do not know, so that no symbol can be added any more.
    """
    old, new = _defaults(pair)
    if old is not None and new is None:
        yield Seen(f"{old} no longer stands for unknown symbols", *pair.places)


@rule(
    id="enum-default-changed",
    contract_kind=ContractKind.AVRO,
    area=Area.ENUM,
    aspect=Aspect.OPTION,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=RISKS,
    breaks=Example(old=_OPEN, new=_PAID),
    fine=Example(old=_OPEN, new=_NONE),
    cap_reason="the symbols of the version before are known; only others are read otherwise",
)
def enum_default_changed(pair: Pair) -> Iterator[Seen]:
    """Another symbol of an enum stands for the unknown ones.

    The same unknown symbol means something else to readers with the new schema than to readers with the old one.
    """
    old, new = _defaults(pair)
    if old is not None and new is not None and old != new:
        yield Seen(f"{new} stands for unknown symbols in the place of {old}", *pair.places)


def _defaults(pair: Pair) -> tuple[str | None, str | None]:
    old, new = pair.old, pair.new
    return (old.default, new.default) if isinstance(old, Enum) and isinstance(new, Enum) else (None, None)
