"""A property has to be there, or not any more."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._objects import required_seen
from registry.engines.jsonschema.rules._shared import NARROWS, WIDENS
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="property-became-required",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.PROPERTY,
    aspect=Aspect.REQUIREDNESS,
    action=Action.NARROWED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="properties: {sku: {type: string}}", new="{properties: {sku: {type: string}}, required: [sku]}"),
    fine=Example(old="{properties: {sku: {type: string}}, required: [sku]}", new="properties: {sku: {type: string}}"),
)
def property_became_required(pair: SchemaPair) -> Iterator[Seen]:
    """A property that could be left out must be there now.

    Documents without it were valid and are refused now, whatever its default says.
    """
    for name, place in pair.new.required.items():
        if name not in pair.old.required and not (name in pair.new.properties and name not in pair.old.declared):
            yield required_seen(name, f"`{name}` is required now.", old=pair.old.location, new=place)


@rule(
    id="property-became-optional",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.PROPERTY,
    aspect=Aspect.REQUIREDNESS,
    action=Action.WIDENED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="{properties: {sku: {type: string}}, required: [sku]}", new="properties: {sku: {type: string}}"),
    fine=Example(old="properties: {sku: {type: string}}", new="{properties: {sku: {type: string}}, required: [sku]}"),
)
def property_became_optional(pair: SchemaPair) -> Iterator[Seen]:
    """A property that had to be there may be left out now.

    Readers that rely on it meet documents without it.
    """
    gone = {name for name in pair.old.properties if name not in pair.new.declared or name in pair.new.hidden}
    for name, place in pair.old.required.items():
        if name not in pair.new.required and name not in gone:
            yield required_seen(name, f"`{name}` is not required any more.", old=place, new=pair.new.location)
