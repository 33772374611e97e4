"""What a schema says about properties that no other word describes."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._shared import NARROWS, WIDENS
from registry.engines.jsonschema.rules._unevaluated import closed_seen, narrowed_seen, opened_seen, widened_seen
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="unevaluated-properties-closed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.REMOVED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(
        old="{properties: {sku: {type: string}}}", new="{properties: {sku: {type: string}}, unevaluatedProperties: false}"
    ),
    fine=Example(
        old="{properties: {sku: {type: string}}, unevaluatedProperties: false}", new="{properties: {sku: {type: string}}}"
    ),
)
def unevaluated_properties_closed(pair: SchemaPair) -> Iterator[Seen]:
    """Properties that no other word describes were admitted and are refused now.

    Writers that send more than is described are refused.
    """
    yield from closed_seen(pair, "unevaluatedProperties", "Properties")


@rule(
    id="unevaluated-properties-opened",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.ADDED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(
        old="{properties: {sku: {type: string}}, unevaluatedProperties: false}", new="{properties: {sku: {type: string}}}"
    ),
    fine=Example(
        old="{properties: {sku: {type: string}}}", new="{properties: {sku: {type: string}}, unevaluatedProperties: false}"
    ),
)
def unevaluated_properties_opened(pair: SchemaPair) -> Iterator[Seen]:
    """Properties that no other word describes were refused and are admitted now.

    Readers of the old schema refuse documents with more than it describes.
    """
    yield from opened_seen(pair, "unevaluatedProperties", "Properties")


@rule(
    id="unevaluated-properties-narrowed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.NARROWED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(
        old="{properties: {sku: {type: string}}}", new="{properties: {sku: {type: string}}, unevaluatedProperties: {type: string}}"
    ),
    fine=Example(
        old="{properties: {sku: {type: string}}, unevaluatedProperties: {type: string}}", new="{properties: {sku: {type: string}}}"
    ),
)
def unevaluated_properties_narrowed(pair: SchemaPair) -> Iterator[Seen]:
    """Properties that no other word describes must fit a schema now, or are more than before.

    Documents with others were valid and are refused now.
    """
    yield from narrowed_seen(pair, "unevaluatedProperties", "Properties")


@rule(
    id="unevaluated-properties-widened",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.WIDENED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(
        old="{properties: {sku: {type: string}}, unevaluatedProperties: {type: string}}", new="{properties: {sku: {type: string}}}"
    ),
    fine=Example(
        old="{properties: {sku: {type: string}}}", new="{properties: {sku: {type: string}}, unevaluatedProperties: {type: string}}"
    ),
)
def unevaluated_properties_widened(pair: SchemaPair) -> Iterator[Seen]:
    """Properties that no other word describes may be anything now, or are fewer than before.

    Readers of the old schema refuse others.
    """
    yield from widened_seen(pair, "unevaluatedProperties", "Properties")
