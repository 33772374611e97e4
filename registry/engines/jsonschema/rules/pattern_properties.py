"""Properties whose names match a pattern got, or lost, a schema."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._patterns import pattern_seen, patterns
from registry.engines.jsonschema.rules._shared import NARROWS, WIDENS
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="pattern-property-added",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.PROPERTY,
    aspect=Aspect.STRUCTURE,
    action=Action.ADDED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="type: object", new="{type: object, patternProperties: {'^x-': {type: string}}}"),
    fine=Example(
        old="{type: object, additionalProperties: {type: string}}",
        new="{type: object, additionalProperties: {type: string}, patternProperties: {'^x-': {type: string}}}",
    ),
)
def pattern_property_added(pair: SchemaPair) -> Iterator[Seen]:
    """Properties whose names match a pattern have a schema of their own now.

    Documents whose values there do not fit are refused now; old readers that forbid undeclared properties refuse such names.
    """
    if "patternProperties" in pair.words:
        known = patterns(pair.old)
        for pattern, schema in patterns(pair.new).items():
            if pattern not in known:
                message = f"Properties that match `{pattern}` have a schema of their own now."
                place = schema.at("patternProperties", pattern)
                yield pattern_seen(message, pair.old.location, place, schema, pattern, pair.old)


@rule(
    id="pattern-property-removed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.PROPERTY,
    aspect=Aspect.STRUCTURE,
    action=Action.REMOVED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="{type: object, patternProperties: {'^x-': {type: string}}}", new="type: object"),
    fine=Example(
        old="{type: object, additionalProperties: {type: string}, patternProperties: {'^x-': {type: string}}}",
        new="{type: object, additionalProperties: {type: string}}",
    ),
)
def pattern_property_removed(pair: SchemaPair) -> Iterator[Seen]:
    """Properties whose names match a pattern lost the schema of their own.

    Readers of the old schema refuse values there that do not fit; new ones that forbid undeclared properties refuse such names.
    """
    if "patternProperties" in pair.words:
        kept = patterns(pair.new)
        for pattern, schema in patterns(pair.old).items():
            if pattern not in kept:
                message = f"Properties that match `{pattern}` have no schema of their own any more."
                place = schema.at("patternProperties", pattern)
                yield pattern_seen(message, place, pair.new.location, schema, pattern, pair.new)
