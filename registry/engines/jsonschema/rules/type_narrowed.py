"""Fewer or more types than before."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._shared import NARROWS, WIDENS
from registry.engines.jsonschema.view import NULL, type_names
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="type-narrowed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.TYPE,
    action=Action.NARROWED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="type: [string, integer]", new="type: string"),
    fine=Example(old="type: string", new="type: [string, integer]"),
)
def type_narrowed(pair: SchemaPair) -> Iterator[Seen]:
    """A type that was admitted is not admitted any more.

    Documents with a value of that type were valid and are refused now.
    """
    old, new = pair.old.types & ~NULL, pair.new.types & ~NULL
    if new & ~old == 0 and old & ~new:
        yield Seen(f"The type narrowed from {type_names(old)} to {type_names(new)}.", *pair.places, keywords=("type",))


@rule(
    id="type-widened",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.TYPE,
    action=Action.WIDENED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="type: integer", new="type: number"),
    fine=Example(old="type: number", new="type: integer"),
)
def type_widened(pair: SchemaPair) -> Iterator[Seen]:
    """A type is admitted that was not before.

    Readers of the old schema meet values of a type they do not know.
    """
    old, new = pair.old.types & ~NULL, pair.new.types & ~NULL
    if old & ~new == 0 and new & ~old:
        yield Seen(f"The type widened from {type_names(old)} to {type_names(new)}.", *pair.places, keywords=("type",))
