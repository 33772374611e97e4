"""A property was forbidden by name, or is not any more."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._objects import MEMBERS
from registry.engines.jsonschema.rules._shared import NARROWS, WIDENS
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="property-became-forbidden",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.PROPERTY,
    aspect=Aspect.EXISTENCE,
    action=Action.NARROWED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="properties: {sku: {type: string}}", new="properties: {sku: false}"),
    fine=Example(old="properties: {sku: false}", new="properties: {sku: {type: string}}"),
)
def property_became_forbidden(pair: SchemaPair) -> Iterator[Seen]:
    """A property that could be sent is refused by name now.

    Writers that still send it are refused.
    """
    for name, schemas in pair.new.properties.items():
        if schemas[0].refuses_all and not (name in pair.old.properties and pair.old.properties[name][0].refuses_all):
            yield Seen(
                f"`{name}` is forbidden now.",
                pair.old.location,
                schemas[0].location,
                keywords=MEMBERS,
                names=(name,),
                member=f".{name}",
            )


@rule(
    id="property-became-allowed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.PROPERTY,
    aspect=Aspect.EXISTENCE,
    action=Action.WIDENED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="properties: {sku: false}", new="properties: {sku: {type: string}}"),
    fine=Example(old="properties: {sku: {type: string}}", new="properties: {sku: false}"),
)
def property_became_allowed(pair: SchemaPair) -> Iterator[Seen]:
    """A property that was refused by name may be sent now.

    Readers of the old schema refuse documents that carry it.
    """
    for name, schemas in pair.old.properties.items():
        if schemas[0].refuses_all and not (name in pair.new.properties and pair.new.properties[name][0].refuses_all):
            yield Seen(
                f"`{name}` is allowed now.",
                schemas[0].location,
                pair.new.location,
                keywords=MEMBERS,
                names=(name,),
                member=f".{name}",
            )
