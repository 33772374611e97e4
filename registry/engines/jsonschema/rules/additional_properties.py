"""What a schema says about properties that it does not declare."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._objects import rest, rest_seen, unlimited
from registry.engines.jsonschema.rules._shared import NARROWS, WIDENS
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="additional-properties-closed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.REMOVED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="properties: {sku: {type: string}}", new="{properties: {sku: {type: string}}, additionalProperties: false}"),
    fine=Example(old="{properties: {sku: {type: string}}, additionalProperties: false}", new="properties: {sku: {type: string}}"),
)
def additional_properties_closed(pair: SchemaPair) -> Iterator[Seen]:
    """Undeclared properties were admitted and are refused now.

    Writers that send more than is declared, as extension or by mistake, are refused.
    """
    old, new = rest(pair.old, "additionalProperties"), rest(pair.new, "additionalProperties")
    if new is not None and new.refuses_all and not (old is not None and old.refuses_all):
        yield rest_seen(pair, "Undeclared properties are refused now.", old, new)


@rule(
    id="additional-properties-opened",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.ADDED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="{properties: {sku: {type: string}}, additionalProperties: false}", new="properties: {sku: {type: string}}"),
    fine=Example(old="properties: {sku: {type: string}}", new="{properties: {sku: {type: string}}, additionalProperties: false}"),
)
def additional_properties_opened(pair: SchemaPair) -> Iterator[Seen]:
    """Undeclared properties were refused and are admitted now.

    Readers of the old schema refuse documents with more than it declares.
    """
    old, new = rest(pair.old, "additionalProperties"), rest(pair.new, "additionalProperties")
    if old is not None and old.refuses_all and not (new is not None and new.refuses_all):
        yield rest_seen(pair, "Undeclared properties are admitted now.", old, new)


@rule(
    id="additional-properties-narrowed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.NARROWED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="type: object", new="{type: object, additionalProperties: {type: string}}"),
    fine=Example(old="{type: object, additionalProperties: {type: string}}", new="type: object"),
)
def additional_properties_narrowed(pair: SchemaPair) -> Iterator[Seen]:
    """Undeclared properties could hold anything and must fit a schema now.

    Documents whose extra values do not fit were valid and are refused now.
    """
    old, new = rest(pair.old, "additionalProperties"), rest(pair.new, "additionalProperties")
    if unlimited(old) and new is not None and not unlimited(new) and not new.refuses_all:
        yield rest_seen(pair, "Undeclared properties must fit a schema now.", old, new)


@rule(
    id="additional-properties-widened",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.WIDENED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="{type: object, additionalProperties: {type: string}}", new="type: object"),
    fine=Example(old="type: object", new="{type: object, additionalProperties: {type: string}}"),
)
def additional_properties_widened(pair: SchemaPair) -> Iterator[Seen]:
    """Undeclared properties had to fit a schema and may hold anything now.

    Readers of the old schema meet extra values that do not fit.
    """
    old, new = rest(pair.old, "additionalProperties"), rest(pair.new, "additionalProperties")
    if unlimited(new) and old is not None and not unlimited(old) and not old.refuses_all:
        yield rest_seen(pair, "Undeclared properties may hold anything now.", old, new)
