"""A property that was not declared before."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._objects import MEMBERS
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, by_direction, rule


@rule(
    id="property-added",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.PROPERTY,
    aspect=Aspect.EXISTENCE,
    action=Action.ADDED,
    nature=Nature.LANGUAGE,
    severity=by_direction(backward=Severity.SAFE, forward=Severity.BREAKING),
    breaks=Example(
        old="{properties: {sku: {type: string}}, additionalProperties: false}",
        new="{properties: {sku: {type: string}, size: {type: string}}, additionalProperties: false}",
    ),
    fine=Example(old="properties: {sku: {type: string}}", new="properties: {sku: {type: string}, size: {type: string}}"),
)
def property_added(pair: SchemaPair) -> Iterator[Seen]:
    """An optional property was added.

    Readers of an old schema that forbids undeclared properties refuse documents that carry it; others ignore it.
    """
    for name, schemas in pair.new.properties.items():
        if name not in pair.old.declared and name not in pair.new.required and not schemas[0].refuses_all:
            message = f"The optional property `{name}` was added."
            yield Seen(message, pair.old.location, schemas[0].location, keywords=MEMBERS, names=(name,), member=f".{name}")
