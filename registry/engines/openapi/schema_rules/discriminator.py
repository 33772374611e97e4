"""A discriminator came, went, or looks at another property."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.change import NoWitness
from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.jsonschema.pair import SchemaPair
from registry.engines.openapi.schema_rules._discriminators import discriminator_of
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, breaking, by_direction, rule

HINT = NoWitness("a discriminator changes no document's validity: it tells readers which branch to read it as")

_PLAIN = "oneOf: [{$ref: '#/$defs/Card'}, {$ref: '#/$defs/Cash'}]"
_DEFS = (
    "$defs: {Card: {type: object, properties: {kind: {type: string}}}, Cash: {type: object, properties: {kind: {type: string}}}}"
)
_TOLD = f"{_PLAIN}\ndiscriminator: {{propertyName: kind}}\n{_DEFS}"


@rule(
    id="discriminator-added",
    contract_kind=ContractKind.OPENAPI,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.RISKY, forward=Severity.SAFE),
    breaks=Example(old=f"{_PLAIN}\n{_DEFS}", new=_TOLD),
    fine=Example(old=_TOLD, new=f"{_PLAIN}\n{_DEFS}"),
    names=("request-body-discriminator-added", "response-body-discriminator-added"),
    cap_reason="writers usually set the property that tells the branches apart already",
)
def discriminator_added(pair: SchemaPair) -> Iterator[Finding]:
    """A discriminator was declared for alternatives.

    Readers may now choose the branch by one property, which old writers were not told to set.
    """
    old, new = discriminator_of(pair.old), discriminator_of(pair.new)
    if old is None and new is not None:
        yield Finding(f"the property `{new.property}` now tells the alternatives apart", None, new.location, witness=HINT)


@rule(
    id="discriminator-removed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.SAFE, forward=Severity.BREAKING),
    breaks=Example(old=_TOLD, new=f"{_PLAIN}\n{_DEFS}"),
    fine=Example(old=f"{_PLAIN}\n{_DEFS}", new=_TOLD),
    names=("request-body-discriminator-removed", "response-body-discriminator-removed"),
)
def discriminator_removed(pair: SchemaPair) -> Iterator[Finding]:
    """A discriminator is no longer declared.

    Readers that choose the branch by it, as generated clients do, can no longer rely on its values.
    """
    old, new = discriminator_of(pair.old), discriminator_of(pair.new)
    if old is not None and new is None:
        message = f"the property `{old.property}` no longer tells the alternatives apart"
        yield Finding(message, old.location, pair.new.location, witness=HINT, removes_promise=True)


@rule(
    id="discriminator-property-changed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(old=_TOLD, new=_TOLD.replace("propertyName: kind", "propertyName: type")),
    fine=Example(old=_TOLD, new=_TOLD),
    names=("request-body-discriminator-property-name-changed", "response-body-discriminator-property-name-changed"),
)
def discriminator_property_changed(pair: SchemaPair) -> Iterator[Finding]:
    """The alternatives are told apart by another property.

    Whoever writes by the old contract sets one that is not looked at; whoever reads by it looks at one that is not set.
    """
    old, new = discriminator_of(pair.old), discriminator_of(pair.new)
    if old is not None and new is not None and old.property != new.property:
        message = f"the alternatives are told apart by `{new.property}`, not `{old.property}`"
        yield Finding(message, old.location, new.location, witness=HINT)
