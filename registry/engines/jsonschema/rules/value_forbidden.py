"""No value is admitted at a place, or some are again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._shared import NARROWS, WIDENS
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule

_ANY_WORD: Final = ("type",)
"""Inclusion has to be asked about some word; the schema `false` refuses whatever it is asked."""


@rule(
    id="value-became-forbidden",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.EXISTENCE,
    action=Action.NARROWED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="{type: array, items: {type: string}}", new="{type: array, items: false}"),
    fine=Example(old="{type: array, items: false}", new="{type: array, items: {type: string}}"),
)
def value_became_forbidden(pair: SchemaPair) -> Iterator[Seen]:
    """No value at all is admitted at a place where some were.

    Documents with a value there were valid and are refused now.
    """
    if pair.new.refuses_all and not pair.old.refuses_all:
        yield Seen("No value is admitted here any more.", *pair.places, keywords=_ANY_WORD)


@rule(
    id="value-became-allowed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.EXISTENCE,
    action=Action.WIDENED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="{type: array, items: false}", new="{type: array, items: {type: string}}"),
    fine=Example(old="{type: array, items: {type: string}}", new="{type: array, items: false}"),
)
def value_became_allowed(pair: SchemaPair) -> Iterator[Seen]:
    """Values are admitted at a place where none was.

    Readers of the old schema refuse documents with a value there.
    """
    if pair.old.refuses_all and not pair.new.refuses_all:
        yield Seen("Values are admitted here now.", *pair.places, keywords=_ANY_WORD)
