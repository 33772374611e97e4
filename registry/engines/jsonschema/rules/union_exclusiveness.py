"""Alternatives exclude each other (`oneOf`), or may hold together (`anyOf`)."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._shared import NARROWS, WIDENS
from registry.engines.jsonschema.rules._unions import place_of, whole_union_seen
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="union-became-exclusive",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.OPTION,
    action=Action.NARROWED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="anyOf: [{minimum: 3}, {maximum: 4}]", new="oneOf: [{minimum: 3}, {maximum: 4}]"),
    fine=Example(
        old="anyOf: [{type: string, minLength: 2}, {type: integer}]", new="oneOf: [{type: string, minLength: 2}, {type: integer}]"
    ),
)
def union_became_exclusive(pair: SchemaPair) -> Iterator[Seen]:
    """Only one of the alternatives may hold now, where several could.

    Documents that fit two of them were valid and are refused now.
    """
    for union in pair.unions if {"anyOf", "oneOf"} <= pair.words else ():
        if (union.old.keyword, union.new.keyword) == ("anyOf", "oneOf"):
            message = "Only one of the alternatives may hold now: anyOf became oneOf."
            yield whole_union_seen(message, place_of(union.old), place_of(union.new), union.new)


@rule(
    id="union-became-inclusive",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.OPTION,
    action=Action.WIDENED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="oneOf: [{minimum: 3}, {maximum: 4}]", new="anyOf: [{minimum: 3}, {maximum: 4}]"),
    fine=Example(
        old="oneOf: [{type: string, minLength: 2}, {type: integer}]", new="anyOf: [{type: string, minLength: 2}, {type: integer}]"
    ),
)
def union_became_inclusive(pair: SchemaPair) -> Iterator[Seen]:
    """Several of the alternatives may hold now, where only one could.

    Readers of the old schema refuse documents that fit two of them.
    """
    for union in pair.unions if {"anyOf", "oneOf"} <= pair.words else ():
        if (union.old.keyword, union.new.keyword) == ("oneOf", "anyOf"):
            message = "Several of the alternatives may hold now: oneOf became anyOf."
            yield whole_union_seen(message, place_of(union.old), place_of(union.new), union.old)
