"""Items have to differ, or not any more."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._bounds import unique
from registry.engines.jsonschema.rules._shared import NARROWS, WIDENS, places
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="unique-items-required",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.BOUNDS,
    action=Action.NARROWED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="{type: array, items: {type: string}}", new="{type: array, items: {type: string}, uniqueItems: true}"),
    fine=Example(old="{type: array, maxItems: 1}", new="{type: array, maxItems: 1, uniqueItems: true}"),
)
def unique_items_required(pair: SchemaPair) -> Iterator[Seen]:
    """All items of a list must differ now.

    Lists with equal items were valid and are refused now.
    """
    if unique(pair.new) and not unique(pair.old):
        yield Seen("Items must be unique now.", *places(pair, None, unique(pair.new)), keywords=("uniqueItems",))


@rule(
    id="unique-items-lifted",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.BOUNDS,
    action=Action.WIDENED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="{type: array, uniqueItems: true}", new="{type: array}"),
    fine=Example(old="{type: array}", new="{type: array, uniqueItems: true}"),
)
def unique_items_lifted(pair: SchemaPair) -> Iterator[Seen]:
    """Items of a list may be equal now.

    Readers that take the list for a set meet an item twice.
    """
    if unique(pair.old) and not unique(pair.new):
        yield Seen("Items need not be unique any more.", *places(pair, unique(pair.old), None), keywords=("uniqueItems",))
