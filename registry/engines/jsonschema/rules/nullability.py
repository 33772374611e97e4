"""Null is admitted, or not any more."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._shared import NARROWS, WIDENS
from registry.engines.jsonschema.view import ANY_TYPE, NULL
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="became-not-nullable",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.TYPE,
    action=Action.NARROWED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="type: [string, 'null']", new="type: string"),
    fine=Example(old="type: string", new="type: string"),
)
def became_not_nullable(pair: SchemaPair) -> Iterator[Seen]:
    """Null was admitted and is not any more.

    Whoever still writes null is refused.
    """
    if pair.old.types & NULL and not pair.new.types & NULL and pair.old.types != ANY_TYPE:
        yield Seen("Null is not admitted any more.", *pair.places, keywords=("type",))


@rule(
    id="became-nullable",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.TYPE,
    action=Action.WIDENED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="type: string", new="type: [string, 'null']"),
    fine=Example(old="type: [string, 'null']", new="type: string"),
)
def became_nullable(pair: SchemaPair) -> Iterator[Seen]:
    """Null is admitted where it was not.

    Readers of the old schema meet null and may fall over it.
    """
    if pair.new.types & NULL and not pair.old.types & NULL and pair.new.types != ANY_TYPE:
        yield Seen("Null is admitted now.", *pair.places, keywords=("type",))
