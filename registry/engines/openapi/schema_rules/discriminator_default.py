"""The schema that stands for every other value of a discriminator came, went or changed (OpenAPI 3.2, section 4.25)."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.jsonschema.pair import SchemaPair
from registry.engines.openapi.schema_rules._discriminators import Discriminator, discriminator_of
from registry.engines.openapi.schema_rules.discriminator import HINT
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, breaking, by_direction, rule


def _chosen(more: str) -> str:
    return (
        "oneOf: [{$ref: '#/$defs/Card'}, {$ref: '#/$defs/Cash'}]\n"
        f"discriminator: {{propertyName: kind{more}}}\n"
        "$defs: {Card: {type: object}, Cash: {type: object}}"
    )


_NONE, _CARD, _CASH = _chosen(""), _chosen(", defaultMapping: '#/$defs/Card'"), _chosen(", defaultMapping: '#/$defs/Cash'")


@rule(
    id="discriminator-default-removed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.SCHEMA,
    aspect=Aspect.OPTION,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.BREAKING, forward=Severity.SAFE),
    breaks=Example(old=_CARD, new=_NONE),
    fine=Example(old=_NONE, new=_CARD),
)
def discriminator_default_removed(pair: SchemaPair) -> Iterator[Finding]:
    """No schema stands for values of the discriminator that are unknown or missing any more.

    Old writers leave the property out, or write another value, and readers do not know what they are reading.
    """
    for old, new in _both(pair):
        if old.default is not None and new.default is None:
            yield Finding(f"`{new.property}` stands for nothing where it is unknown", old.location, new.location, witness=HINT)


@rule(
    id="discriminator-default-added",
    contract_kind=ContractKind.OPENAPI,
    area=Area.SCHEMA,
    aspect=Aspect.OPTION,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.SAFE, forward=Severity.RISKY),
    breaks=Example(old=_NONE, new=_CARD),
    fine=Example(old=_CARD, new=_NONE),
    cap_reason="as with a new value of an enum, a careful reader has a branch for what it does not know",
)
def discriminator_default_added(pair: SchemaPair) -> Iterator[Finding]:
    """A schema stands for values of the discriminator that are unknown or missing.

    Old readers that meet one do not know which alternative it stands for.
    """
    for old, new in _both(pair):
        if old.default is None and new.default is not None:
            yield Finding(
                f"`{new.property}` stands for `{new.default}` where it is unknown", old.location, new.location, witness=HINT
            )


@rule(
    id="discriminator-default-changed",
    contract_kind=ContractKind.OPENAPI,
    area=Area.SCHEMA,
    aspect=Aspect.OPTION,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(old=_CARD, new=_CASH),
    fine=Example(old=_NONE, new=_CARD),
)
def discriminator_default_changed(pair: SchemaPair) -> Iterator[Finding]:
    """Another schema stands for values of the discriminator that are unknown or missing.

    The two sides take the same document for two different things.
    """
    for old, new in _both(pair):
        if old.default is not None and new.default is not None and old.default != new.default:
            message = f"`{new.property}` stands for `{new.default}` where it is unknown, not `{old.default}`"
            yield Finding(message, old.location, new.location, witness=HINT)


def _both(pair: SchemaPair) -> Iterator[tuple[Discriminator, Discriminator]]:
    old, new = discriminator_of(pair.old), discriminator_of(pair.new)
    if old is not None and new is not None:
        yield old, new
