"""A type changed to one that the old type does not contain."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._shared import CHANGES
from registry.engines.jsonschema.view import NULL, type_names
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="type-changed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.TYPE,
    action=Action.CHANGED,
    nature=Nature.LANGUAGE,
    severity=CHANGES,
    breaks=Example(old="type: string", new="type: integer"),
    fine=Example(old="type: string", new="type: [string]"),
)
def type_changed(pair: SchemaPair) -> Iterator[Seen]:
    """The type of a value changed to another one.

    Whoever wrote or read the old type meets values of the new one: a text where a number was.
    """
    old, new = pair.old.types & ~NULL, pair.new.types & ~NULL
    if old & ~new and new & ~old:
        message = f"The type changed from {type_names(old)} to {type_names(new)}."
        yield Seen(message, *pair.places, keywords=("type",))
