"""What a schema says about the items of a list."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._objects import items_seen, rest, unlimited
from registry.engines.jsonschema.rules._shared import NARROWS, WIDENS
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="items-narrowed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.NARROWED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="type: array", new="{type: array, items: {type: string}}"),
    fine=Example(old="{type: array, items: {type: string}}", new="type: array"),
)
def items_narrowed(pair: SchemaPair) -> Iterator[Seen]:
    """Items could be anything and must fit a schema now.

    Lists whose items do not fit were valid and are refused now.
    """
    old, new = rest(pair.old, "items"), rest(pair.new, "items")
    if unlimited(old) and not unlimited(new):
        yield items_seen(pair, "Items must fit a schema now.", old, new)


@rule(
    id="items-widened",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.WIDENED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="{type: array, items: {type: string}}", new="type: array"),
    fine=Example(old="type: array", new="{type: array, items: {type: string}}"),
)
def items_widened(pair: SchemaPair) -> Iterator[Seen]:
    """Items had to fit a schema and may be anything now.

    Readers of the old schema meet items that do not fit.
    """
    old, new = rest(pair.old, "items"), rest(pair.new, "items")
    if unlimited(new) and not unlimited(old):
        yield items_seen(pair, "Items may be anything now.", old, new)
