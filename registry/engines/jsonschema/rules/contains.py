"""Some items of a list have to fit a schema, or not any more."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._contains import contains_seen, exchanged
from registry.engines.jsonschema.rules._shared import NARROWS, WIDENS
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="contains-added",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.ADDED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="type: array", new="{type: array, contains: {type: integer}}"),
    fine=Example(
        old="{type: array, minItems: 1, items: {type: integer}}",
        new="{type: array, minItems: 1, items: {type: integer}, contains: {type: integer}}",
    ),
)
def contains_added(pair: SchemaPair) -> Iterator[Seen]:
    """Some item of a list must fit a schema now.

    Lists without such an item were valid and are refused now.
    """
    for schema in pair.contains.added if "contains" in pair.words else ():
        yield contains_seen("Some item must fit a schema now.", pair.old.location, schema.at("contains"), schema)


@rule(
    id="contains-removed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.REMOVED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="{type: array, contains: {type: integer}}", new="type: array"),
    fine=Example(
        old="{type: array, minItems: 1, items: {type: integer}, contains: {type: integer}}",
        new="{type: array, minItems: 1, items: {type: integer}}",
    ),
)
def contains_removed(pair: SchemaPair) -> Iterator[Seen]:
    """No item of a list has to fit a schema any more.

    Readers of the old schema refuse lists without such an item.
    """
    for schema in pair.contains.removed if "contains" in pair.words else ():
        yield contains_seen("No item has to fit a schema any more.", schema.at("contains"), pair.new.location, schema)


@rule(
    id="contains-narrowed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.NARROWED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(
        old="{type: array, contains: {type: integer}, minContains: 0, maxContains: 0}",
        new="{type: array, contains: {type: number}, minContains: 0, maxContains: 0}",
    ),
    fine=Example(
        old="{type: array, contains: {type: integer}, minContains: 0}",
        new="{type: array, contains: {type: number}, minContains: 0}",
    ),
)
def contains_narrowed(pair: SchemaPair) -> Iterator[Seen]:
    """Other items of a list are counted, and lists are refused that had the right number of them.

    The list shown was valid and is refused now.
    """
    for old, new in exchanged(pair):
        places = (old.at("contains"), new.at("contains"))
        yield contains_seen("Fewer lists have the wanted number of items.", *places, old, new, supposed=True)


@rule(
    id="contains-widened",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.WIDENED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(
        old="{type: array, contains: {type: number}, minContains: 0, maxContains: 0}",
        new="{type: array, contains: {type: integer}, minContains: 0, maxContains: 0}",
    ),
    fine=Example(
        old="{type: array, contains: {type: integer}, minContains: 0}",
        new="{type: array, contains: {type: number}, minContains: 0}",
    ),
)
def contains_widened(pair: SchemaPair) -> Iterator[Seen]:
    """Other items of a list are counted, and lists are admitted that had the wrong number of them.

    Readers of the old schema refuse the list shown.
    """
    for old, new in exchanged(pair):
        places = (old.at("contains"), new.at("contains"))
        yield contains_seen("More lists have the wanted number of items.", *places, old, new, supposed=True)
