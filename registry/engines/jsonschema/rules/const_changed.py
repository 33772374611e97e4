"""A constant was exchanged for another."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._shared import CHANGES, places, spelt
from registry.engines.jsonschema.rules._values import VALUES, constant_exchanged
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="const-changed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.VALUES,
    action=Action.CHANGED,
    nature=Nature.LANGUAGE,
    severity=CHANGES,
    breaks=Example(old="const: card", new="const: cash"),
    fine=Example(old="const: 1", new="const: 1.0"),
)
def const_changed(pair: SchemaPair) -> Iterator[Seen]:
    """The only admitted value became another one.

    What was the only right value is refused now, and the new one was wrong before.
    """
    if constant_exchanged(pair) and pair.old.values is not None and pair.new.values is not None:
        before, after = (spelt(fact.value)[1:-1] for fact in (pair.old.values, pair.new.values))
        yield Seen(
            f"The constant changed from {before} to {after}.", *places(pair, pair.old.values, pair.new.values), keywords=VALUES
        )
