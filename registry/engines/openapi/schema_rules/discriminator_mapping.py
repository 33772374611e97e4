"""The values of a discriminator stand for other schemas than before."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.jsonschema.pair import SchemaPair
from registry.engines.openapi.schema_rules._discriminators import Discriminator, discriminator_of
from registry.engines.openapi.schema_rules.discriminator import HINT
from registry.engines.openapi.wording import listed
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, breaking, by_direction, rule


def _mapped(mapping: str) -> str:
    return (
        "oneOf: [{$ref: '#/$defs/Card'}, {$ref: '#/$defs/Cash'}]\n"
        f"discriminator: {{propertyName: kind, mapping: {mapping}}}\n"
        "$defs: {Card: {type: object}, Cash: {type: object}}"
    )


_TWO = _mapped("{card: '#/$defs/Card', cash: '#/$defs/Cash'}")
_THREE = _mapped("{card: '#/$defs/Card', visa: '#/$defs/Card', cash: '#/$defs/Cash'}")
_SWAPPED = _mapped("{card: '#/$defs/Cash', cash: '#/$defs/Card'}")


@rule(
    id="discriminator-mapping-removed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.SCHEMA,
    aspect=Aspect.VALUES,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.BREAKING, forward=Severity.SAFE),
    breaks=Example(old=_THREE, new=_TWO),
    fine=Example(old=_TWO, new=_THREE),
    names=("request-body-discriminator-mapping-deleted", "response-body-discriminator-mapping-deleted"),
)
def discriminator_mapping_removed(pair: SchemaPair) -> Iterator[Finding]:
    """A value of a discriminator no longer stands for any alternative.

    Old writers still write it, and readers do not know what they are reading.
    """
    for old, new in _both(pair):
        gone = sorted(old.targets.keys() - new.targets.keys())
        if gone:
            yield Finding(f"`{new.property}` may no longer be {listed(gone)}", old.location, new.location, witness=HINT)


@rule(
    id="discriminator-mapping-added",
    contract_kind=ContractKind.OPENAPI,
    area=Area.SCHEMA,
    aspect=Aspect.VALUES,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.SAFE, forward=Severity.RISKY),
    breaks=Example(old=_TWO, new=_THREE),
    fine=Example(old=_THREE, new=_TWO),
    names=("request-body-discriminator-mapping-added", "response-body-discriminator-mapping-added"),
    cap_reason="as with a new value of an enum, a careful reader has a branch for what it does not know",
)
def discriminator_mapping_added(pair: SchemaPair) -> Iterator[Finding]:
    """A discriminator has a new value.

    Old readers that meet it do not know which alternative it stands for.
    """
    for old, new in _both(pair):
        come = sorted(new.targets.keys() - old.targets.keys())
        if come:
            yield Finding(f"`{new.property}` may now be {listed(come)}", old.location, new.location, witness=HINT)


@rule(
    id="discriminator-mapping-changed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.SCHEMA,
    aspect=Aspect.VALUES,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(old=_TWO, new=_SWAPPED),
    fine=Example(old=_TWO, new=_THREE),
    names=("request-body-discriminator-mapping-changed", "response-body-discriminator-mapping-changed"),
)
def discriminator_mapping_changed(pair: SchemaPair) -> Iterator[Finding]:
    """A value of a discriminator stands for another schema.

    The two sides take the same document for two different things.
    """
    for old, new in _both(pair):
        other = sorted(key for key in old.targets.keys() & new.targets.keys() if old.targets[key] != new.targets[key])
        if other:
            yield Finding(f"{listed(other)} of `{new.property}` stand for other schemas", old.location, new.location, witness=HINT)


def _both(pair: SchemaPair) -> Iterator[tuple[Discriminator, Discriminator]]:
    old, new = discriminator_of(pair.old), discriminator_of(pair.new)
    if old is not None and new is not None and old.property == new.property:
        yield old, new
