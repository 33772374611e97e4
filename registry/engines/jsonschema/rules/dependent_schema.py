"""Documents with a certain property must fit a schema of its own, or need not any more."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._dependents import WORDS, schema_by
from registry.engines.jsonschema.rules._shared import NARROWS, WIDENS
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="dependent-schema-added",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.ADDED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="type: object", new="{type: object, dependentSchemas: {card: {required: [number]}}}"),
    fine=Example(old="required: [number]", new="{required: [number], dependentSchemas: {card: {required: [number]}}}"),
)
def dependent_schema_added(pair: SchemaPair) -> Iterator[Seen]:
    """Documents that carry a certain property must fit a further schema now.

    Those that carry it and do not fit were valid and are refused now.
    """
    if WORDS & pair.words:
        known = schema_by(pair.old)
        for name, demand in schema_by(pair.new).items():
            if name not in known:
                message = f"Documents with `{name}` must fit a further schema now."
                yield demand.seen(message, pair.old.location, demand.place)


@rule(
    id="dependent-schema-removed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.REMOVED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="{type: object, dependentSchemas: {card: {required: [number]}}}", new="type: object"),
    fine=Example(old="{required: [number], dependentSchemas: {card: {required: [number]}}}", new="required: [number]"),
)
def dependent_schema_removed(pair: SchemaPair) -> Iterator[Seen]:
    """Documents that carry a certain property need not fit a further schema any more.

    Readers of the old schema refuse those that carry it and do not fit.
    """
    if WORDS & pair.words:
        kept = schema_by(pair.new)
        for name, demand in schema_by(pair.old).items():
            if name not in kept:
                message = f"Documents with `{name}` need not fit a further schema any more."
                yield demand.seen(message, demand.place, pair.new.location)
