"""A leading position of a list got, or lost, a schema of its own."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._objects import positions, tuple_seen
from registry.engines.jsonschema.rules._shared import NARROWS, WIDENS
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="tuple-item-added",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.ADDED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="prefixItems: [{type: string}]", new="prefixItems: [{type: string}, {type: integer}]"),
    fine=Example(
        old="{prefixItems: [{type: string}], items: {type: integer}}",
        new="{prefixItems: [{type: string}, {type: integer}], items: {type: integer}}",
    ),
)
def tuple_item_added(pair: SchemaPair) -> Iterator[Seen]:
    """A leading position of a list has a schema of its own now.

    What stood at that position before may not fit, and old readers may meet a position more.
    """
    for schema in positions(pair.new)[len(positions(pair.old)) :]:
        yield tuple_seen("A position of the list has a schema of its own now.", pair.old.location, schema.location)


@rule(
    id="tuple-item-removed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.REMOVED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="prefixItems: [{type: string}, {type: integer}]", new="prefixItems: [{type: string}]"),
    fine=Example(
        old="{prefixItems: [{type: string}, {type: integer}], items: {type: integer}}",
        new="{prefixItems: [{type: string}], items: {type: integer}}",
    ),
)
def tuple_item_removed(pair: SchemaPair) -> Iterator[Seen]:
    """A leading position of a list lost the schema of its own.

    What stands at that position may not be what old readers know, and new ones may refuse what stood there.
    """
    for schema in positions(pair.old)[len(positions(pair.new)) :]:
        yield tuple_seen("A position of the list has no schema of its own any more.", schema.location, pair.new.location)
