"""A property must be there because another one is, or need not be any more."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._dependents import WORDS, required_by
from registry.engines.jsonschema.rules._shared import NARROWS, WIDENS
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="dependent-required-added",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.PROPERTY,
    aspect=Aspect.REQUIREDNESS,
    action=Action.ADDED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="type: object", new="{type: object, dependentRequired: {card: [number]}}"),
    fine=Example(old="required: [number]", new="{required: [number], dependentRequired: {card: [number]}}"),
)
def dependent_required_added(pair: SchemaPair) -> Iterator[Seen]:
    """A property must be there now where another one is.

    Documents that carry the one without the other were valid and are refused now.
    """
    if WORDS & pair.words:
        known = required_by(pair.old)
        for names, demand in required_by(pair.new).items():
            if names not in known:
                yield demand.seen(
                    f"`{demand.other}` is required now where `{demand.name}` is there.", pair.old.location, demand.place
                )


@rule(
    id="dependent-required-removed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.PROPERTY,
    aspect=Aspect.REQUIREDNESS,
    action=Action.REMOVED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="{type: object, dependentRequired: {card: [number]}}", new="type: object"),
    fine=Example(old="{required: [number], dependentRequired: {card: [number]}}", new="required: [number]"),
)
def dependent_required_removed(pair: SchemaPair) -> Iterator[Seen]:
    """A property need not be there any more where another one is.

    Readers that meet the one rely on the other, and refuse documents without it.
    """
    if WORDS & pair.words:
        kept = required_by(pair.new)
        for names, demand in required_by(pair.old).items():
            if names not in kept:
                message = f"`{demand.other}` is not required any more where `{demand.name}` is there."
                yield demand.seen(message, demand.place, pair.new.location)
