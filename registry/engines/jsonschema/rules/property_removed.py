"""A property that was offered is gone."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.change import NoWitness
from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._objects import MEMBERS, may_go, sunset_words
from registry.engines.jsonschema.view import SchemaView
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, by_direction, rule


@rule(
    id="property-removed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.PROPERTY,
    aspect=Aspect.EXISTENCE,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.RISKY, forward=Severity.BREAKING),
    breaks=Example(old="properties: {sku: {type: string}, size: {type: string}}", new="properties: {sku: {type: string}}"),
    fine=Example(old="properties: {size: {type: string, deprecated: true, x-sunset: '2020-01-01'}}", new="properties: {}"),
    cap_reason="a new reader that still accepts the property only ignores what old writers send",
)
def property_removed(pair: SchemaPair) -> Iterator[Seen]:
    """A declared property was removed.

    Readers that use it do not find it any more. Deprecate it with an x-sunset date first, and remove it once that has passed.

    Writers of the old schema break only where the new one forbids what it does not declare.
    """
    for name, schemas in pair.old.properties.items():
        if name in pair.new.declared or schemas[0].refuses_all:
            continue
        view = SchemaView(schemas[0])
        yield Seen(
            f"The property `{name}` was removed{sunset_words(view, pair.as_of)}.",
            schemas[0].location,
            pair.new.location,
            keywords=("required", *MEMBERS),
            names=(name,),
            member=f".{name}",
            severity=Severity.RISKY if may_go(view, pair.as_of) else None,
            witness=NoWitness("leaving out a declared property breaks a promise that no document states"),
            removes_promise=True,
        )
