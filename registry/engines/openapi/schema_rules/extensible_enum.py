"""The known values of an open enumeration changed (`x-extensible-enum`, of Zalando's guidelines)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from registry.domain.change import Json, NoWitness
from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.jsonschema.pair import SchemaPair
from registry.engines.jsonschema.values import same_value
from registry.engines.jsonschema.view import Fact, SchemaView
from registry.engines.openapi.rules._shared import NARROWED
from registry.engines.openapi.wording import listed
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, by_direction, rule, safe

_WORD = NoWitness("x-extensible-enum forbids no value: it says which ones are understood")
_TWO = "{type: string, x-extensible-enum: [card, cash]}"
_THREE = "{type: string, x-extensible-enum: [card, cash, cheque]}"


@rule(
    id="extensible-enum-value-removed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.ENUM_VALUE,
    aspect=Aspect.VALUES,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=NARROWED,
    breaks=Example(old=_THREE, new=_TWO),
    fine=Example(old=_TWO, new=_THREE),
    names=("request-property-x-extensible-enum-value-removed",),
)
def extensible_enum_value_removed(pair: SchemaPair) -> Iterator[Finding]:
    """A value of an open enumeration is no longer among those that are understood.

    Old clients send it, and the server no longer knows what it means. In responses nobody misses it.
    """
    yield from _listed(pair, pair.old.note("x-extensible-enum"), pair.new.note("x-extensible-enum"), "is no longer understood")


@rule(
    id="extensible-enum-value-added",
    contract_kind=ContractKind.OPENAPI,
    area=Area.ENUM_VALUE,
    aspect=Aspect.VALUES,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=safe(),
    breaks=Example(old=_TWO, new=_THREE),
    fine=Example(old=_THREE, new=_TWO),
)
def extensible_enum_value_added(pair: SchemaPair) -> Iterator[Finding]:
    """An open enumeration has one more value.

    Whoever reads an open enumeration was told to expect values that it does not know.
    """
    yield from _listed(pair, pair.new.note("x-extensible-enum"), pair.old.note("x-extensible-enum"), "is understood now")


@rule(
    id="extensible-enum-removed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.ENUM_VALUE,
    aspect=Aspect.EXISTENCE,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.RISKY, forward=Severity.SAFE),
    breaks=Example(old=_TWO, new="{type: string}"),
    fine=Example(old=_TWO, new=_THREE),
    cap_reason="every value is still allowed, and those that were listed may still be understood",
)
def extensible_enum_removed(pair: SchemaPair) -> Iterator[Finding]:
    """An open enumeration no longer says which values are understood.

    Old clients send them, and nothing promises any more that the server knows what they mean.
    """
    old = _list_of_one_side(pair.old, pair.new)
    if old is not None:
        yield Finding("nothing says any more which values are understood", old.location, pair.new.location, witness=_WORD)


@rule(
    id="extensible-enum-added",
    contract_kind=ContractKind.OPENAPI,
    area=Area.ENUM_VALUE,
    aspect=Aspect.EXISTENCE,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=safe(),
    breaks=Example(old="{type: string}", new=_TWO),
    fine=Example(old=_THREE, new=_TWO),
)
def extensible_enum_added(pair: SchemaPair) -> Iterator[Finding]:
    """An open enumeration says which values are understood.

    Every value is allowed as before; now it is known which of them mean something.
    """
    new = _list_of_one_side(pair.new, pair.old)
    if new is not None:
        yield Finding(
            f"{listed(str(value) for value in _values(new))} are understood", pair.old.location, new.location, witness=_WORD
        )


def _list_of_one_side(here: SchemaView, there: SchemaView) -> Fact | None:
    """The list of a side, where the other one has neither such a list nor an enum in its stead."""
    fact = here.note("x-extensible-enum")
    if fact is None or not isinstance(fact.value, list) or there.note("x-extensible-enum") or there.values:
        return None
    return fact


def _values(fact: Fact) -> Sequence[Json]:
    return fact.value if isinstance(fact.value, list) else ()


def _listed(pair: SchemaPair, here: Fact | None, there: Fact | None, what: str) -> Iterator[Finding]:
    """The values that one side lists and the other does not; silent where only one side has a list at all."""
    if here is None or there is None or not isinstance(here.value, list) or not isinstance(there.value, list):
        return
    others = there.value
    values = [str(value) for value in here.value if not any(same_value(value, other) for other in others)]
    if values:
        yield Finding(f"{listed(values)} {what}", *pair.places, witness=_WORD)
