"""A new property that has to be there."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._objects import required_seen
from registry.engines.jsonschema.rules._shared import NARROWS
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="required-property-added",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.PROPERTY,
    aspect=Aspect.EXISTENCE,
    action=Action.ADDED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(
        old="properties: {sku: {type: string}}", new="{properties: {sku: {type: string}, price: {type: number}}, required: [price]}"
    ),
    fine=Example(old="properties: {sku: {type: string}}", new="properties: {sku: {type: string}, price: {type: number}}"),
)
def required_property_added(pair: SchemaPair) -> Iterator[Seen]:
    """A property was added that must be there from the start.

    Writers of the old schema do not know it, so all their documents are refused.
    """
    for name, place in pair.new.required.items():
        if name in pair.new.properties and name not in pair.old.declared and name not in pair.old.required:
            yield required_seen(name, f"The required property `{name}` was added.", old=pair.old.location, new=place)
