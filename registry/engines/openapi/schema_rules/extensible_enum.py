"""The known values of an open enumeration changed (`x-extensible-enum`, of Zalando's guidelines)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from registry.domain.change import NoWitness
from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair
from registry.engines.jsonschema.values import same_value
from registry.engines.jsonschema.view import Fact
from registry.engines.openapi.rules._shared import NARROWED
from registry.engines.openapi.wording import listed
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, rule, safe

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


def _listed(pair: SchemaPair, here: Fact | None, there: Fact | None, what: str) -> Iterator[Finding]:
    """The values that one side lists and the other does not; silent where only one side has a list at all."""
    if here is None or there is None or not isinstance(here.value, Sequence) or not isinstance(there.value, Sequence):
        return
    others = there.value
    values = [str(value) for value in here.value if not any(same_value(value, other) for other in others)]
    if values:
        yield Finding(f"{listed(values)} {what}", *pair.places, witness=_WORD)
