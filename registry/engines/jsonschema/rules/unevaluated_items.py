"""What a schema says about items that no other word describes."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._shared import NARROWS, WIDENS
from registry.engines.jsonschema.rules._unevaluated import closed_seen, narrowed_seen, opened_seen, widened_seen
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="unevaluated-items-closed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.REMOVED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="{prefixItems: [{type: string}]}", new="{prefixItems: [{type: string}], unevaluatedItems: false}"),
    fine=Example(old="{prefixItems: [{type: string}], unevaluatedItems: false}", new="{prefixItems: [{type: string}]}"),
)
def unevaluated_items_closed(pair: SchemaPair) -> Iterator[Seen]:
    """Items that no other word describes were admitted and are refused now.

    Writers that send more than is described are refused.
    """
    yield from closed_seen(pair, "unevaluatedItems", "Items")


@rule(
    id="unevaluated-items-opened",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.ADDED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="{prefixItems: [{type: string}], unevaluatedItems: false}", new="{prefixItems: [{type: string}]}"),
    fine=Example(old="{prefixItems: [{type: string}]}", new="{prefixItems: [{type: string}], unevaluatedItems: false}"),
)
def unevaluated_items_opened(pair: SchemaPair) -> Iterator[Seen]:
    """Items that no other word describes were refused and are admitted now.

    Readers of the old schema refuse documents with more than it describes.
    """
    yield from opened_seen(pair, "unevaluatedItems", "Items")


@rule(
    id="unevaluated-items-narrowed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.NARROWED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="{prefixItems: [{type: string}]}", new="{prefixItems: [{type: string}], unevaluatedItems: {type: string}}"),
    fine=Example(old="{prefixItems: [{type: string}], unevaluatedItems: {type: string}}", new="{prefixItems: [{type: string}]}"),
)
def unevaluated_items_narrowed(pair: SchemaPair) -> Iterator[Seen]:
    """Items that no other word describes must fit a schema now, or are more than before.

    Documents with others were valid and are refused now.
    """
    yield from narrowed_seen(pair, "unevaluatedItems", "Items")


@rule(
    id="unevaluated-items-widened",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.WIDENED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="{prefixItems: [{type: string}], unevaluatedItems: {type: string}}", new="{prefixItems: [{type: string}]}"),
    fine=Example(old="{prefixItems: [{type: string}]}", new="{prefixItems: [{type: string}], unevaluatedItems: {type: string}}"),
)
def unevaluated_items_widened(pair: SchemaPair) -> Iterator[Seen]:
    """Items that no other word describes may be anything now, or are fewer than before.

    Readers of the old schema refuse others.
    """
    yield from widened_seen(pair, "unevaluatedItems", "Items")
