"""A branch joined or left an `anyOf` or `oneOf`."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.library import Schema
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._objects import union_seen
from registry.engines.jsonschema.rules._shared import NARROWS, WIDENS
from registry.engines.jsonschema.turned import branch_name
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="alternative-removed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.REMOVED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="anyOf: [{type: string}, {type: integer}, {type: boolean}]", new="anyOf: [{type: string}, {type: integer}]"),
    fine=Example(old="anyOf: [{type: number}, {type: integer}, {type: boolean}]", new="anyOf: [{type: number}, {type: boolean}]"),
)
def alternative_removed(pair: SchemaPair) -> Iterator[Seen]:
    """A branch of a union was taken out.

    Documents that only that branch admitted are refused now.
    """
    for union in pair.unions:
        for branch in union.removed:
            yield union_seen(
                f"{_alternative(branch)} of `{union.old.keyword}` was removed.",
                branch.location,
                union.new.schema.at(union.new.keyword),
            )


@rule(
    id="alternative-added",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.ADDED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="anyOf: [{type: string}, {type: integer}]", new="anyOf: [{type: string}, {type: integer}, {type: boolean}]"),
    fine=Example(old="anyOf: [{type: number}, {type: boolean}]", new="anyOf: [{type: number}, {type: integer}, {type: boolean}]"),
)
def alternative_added(pair: SchemaPair) -> Iterator[Seen]:
    """A branch was added to a union.

    Readers of the old schema meet documents that none of their branches admits.
    """
    for union in pair.unions:
        for branch in union.added:
            yield union_seen(
                f"{_alternative(branch)} of `{union.new.keyword}` was added.",
                union.old.schema.at(union.old.keyword),
                branch.location,
            )


def _alternative(branch: Schema) -> str:
    name = branch_name(branch)
    return f"The alternative `{name}`" if name else "An alternative"
