"""A `not` appeared or vanished, or refuses another form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from registry.domain.contract import ContractKind
from registry.domain.location import Location
from registry.engines.jsonschema.library import Schema
from registry.engines.jsonschema.pair import Said, SchemaPair, Seen
from registry.engines.jsonschema.rules._shared import NARROWS, WIDENS
from registry.engines.jsonschema.statements import negations
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule

_WORDS: Final = ("not",)


def _seen(message: str, old: Location, new: Location, *stated: Schema, supposed: bool = False) -> Seen:
    said = tuple(Said(schema, _WORDS) for schema in stated)
    return Seen(message, old, new, keywords=_WORDS, supposed=supposed, said=said)


@rule(
    id="not-added",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.ADDED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="type: string", new="{type: string, not: {const: none}}"),
    fine=Example(old="type: string", new="{type: string, not: {type: integer}}"),
)
def not_added(pair: SchemaPair) -> Iterator[Seen]:
    """Documents of a certain form are refused now.

    Documents of that form were valid before.
    """
    for schema in negations(pair.old, pair.new, pair.sameness).added if "not" in pair.words else ():
        yield _seen("What fits the schema under `not` is refused now.", pair.old.location, schema.at("not"), schema)


@rule(
    id="not-removed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.REMOVED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="{type: string, not: {const: none}}", new="type: string"),
    fine=Example(old="{type: string, not: {type: integer}}", new="type: string"),
)
def not_removed(pair: SchemaPair) -> Iterator[Seen]:
    """Documents of a certain form are not refused any more.

    Readers of the old schema refuse documents of that form.
    """
    for schema in negations(pair.old, pair.new, pair.sameness).removed if "not" in pair.words else ():
        yield _seen("What fits the schema under `not` is admitted now.", schema.at("not"), pair.new.location, schema)


@rule(
    id="not-narrowed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.NARROWED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="{type: string, not: {minLength: 9}}", new="{type: string, not: {minLength: 5}}"),
    fine=Example(old="{type: string, not: {minLength: 5}}", new="{type: string, not: {minLength: 9}}"),
)
def not_narrowed(pair: SchemaPair) -> Iterator[Seen]:
    """More documents than before are of a form that is refused.

    Documents that were not of that form before were valid and are refused now.
    """
    for old, new in negations(pair.old, pair.new, pair.sameness).pairs if "not" in pair.words else ():
        yield _seen("`not` refuses documents that it let pass.", old.at("not"), new.at("not"), old, new, supposed=True)


@rule(
    id="not-widened",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.WIDENED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="{type: string, not: {minLength: 5}}", new="{type: string, not: {minLength: 9}}"),
    fine=Example(old="{type: string, not: {minLength: 9}}", new="{type: string, not: {minLength: 5}}"),
)
def not_widened(pair: SchemaPair) -> Iterator[Seen]:
    """Fewer documents than before are of a form that is refused.

    Readers of the old schema refuse documents that are not of that form any more.
    """
    for old, new in negations(pair.old, pair.new, pair.sameness).pairs if "not" in pair.words else ():
        yield _seen("`not` lets documents pass that it refused.", old.at("not"), new.at("not"), old, new, supposed=True)
