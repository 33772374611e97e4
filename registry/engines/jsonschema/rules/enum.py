"""A list of values appeared or vanished."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._shared import NARROWS, WIDENS, places, spelt
from registry.engines.jsonschema.rules._values import VALUES
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="enum-added",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.VALUES,
    action=Action.NARROWED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="type: string", new="{type: string, enum: [card, cash]}"),
    fine=Example(old="{type: string, enum: [card]}", new="type: string"),
)
def enum_added(pair: SchemaPair) -> Iterator[Seen]:
    """Any value was admitted, and now only those of a list.

    Values outside the list were valid and are refused now.
    """
    if pair.old.values is None and pair.new.values is not None:
        yield Seen(f"Only {spelt(pair.new.values.value)} are admitted now.", *places(pair, None, pair.new.values), keywords=VALUES)


@rule(
    id="enum-removed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.VALUES,
    action=Action.WIDENED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="{type: string, enum: [card, cash]}", new="type: string"),
    fine=Example(old="type: string", new="{type: string, enum: [card, cash]}"),
)
def enum_removed(pair: SchemaPair) -> Iterator[Seen]:
    """Only the values of a list were admitted, and now others are.

    Readers of the old list meet values that they do not know.
    """
    if pair.old.values is not None and pair.new.values is None:
        yield Seen(
            f"Not only {spelt(pair.old.values.value)} are admitted now.", *places(pair, pair.old.values, None), keywords=VALUES
        )
