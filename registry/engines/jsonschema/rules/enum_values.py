"""Values joined or left a list of values."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._shared import NARROWS
from registry.engines.jsonschema.rules._values import constant_exchanged, listed
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, by_direction, rule


@rule(
    id="enum-value-removed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.VALUES,
    action=Action.REMOVED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="enum: [card, cash]", new="enum: [card]"),
    fine=Example(old="enum: [card]", new="enum: [card, cash]"),
)
def enum_value_removed(pair: SchemaPair) -> Iterator[Seen]:
    """A value was taken out of the list of admitted values.

    Whoever still writes that value is refused.
    """
    if not constant_exchanged(pair):
        yield from listed(pair, pair.old.values, pair.new.values, "removed from")


@rule(
    id="enum-value-added",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.VALUES,
    action=Action.ADDED,
    nature=Nature.LANGUAGE,
    severity=by_direction(backward=Severity.SAFE, forward=Severity.RISKY),
    breaks=Example(old="enum: [card]", new="enum: [card, cash]"),
    fine=Example(old="enum: [card, cash]", new="enum: [card]"),
    cap_reason="readers are commonly built to tolerate values they do not know, so this warns instead of blocking",
)
def enum_value_added(pair: SchemaPair) -> Iterator[Seen]:
    """A value was added to the list of admitted values.

    Readers of the old list meet a value that they do not know; those that switch over all values fail.
    """
    if not constant_exchanged(pair):
        yield from listed(pair, pair.new.values, pair.old.values, "added to")
