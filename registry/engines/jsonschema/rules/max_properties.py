"""The greatest number of properties became stricter or more lenient."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._bounds import limit_lifted, limit_tightened
from registry.engines.jsonschema.rules._shared import NARROWS, WIDENS
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="max-properties-tightened",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.BOUNDS,
    action=Action.NARROWED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="{type: object, maxProperties: 4}", new="{type: object, maxProperties: 2}"),
    fine=Example(old="{type: object, maxProperties: 2}", new="{type: object, maxProperties: 4}"),
)
def max_properties_tightened(pair: SchemaPair) -> Iterator[Seen]:
    """The greatest number of properties was lowered, or set where there was none.

    Objects that fitted before are refused now.
    """
    yield from limit_tightened(pair, "maxProperties", lower=False)


@rule(
    id="max-properties-relaxed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.BOUNDS,
    action=Action.WIDENED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="{type: object, maxProperties: 2}", new="{type: object, maxProperties: 4}"),
    fine=Example(old="{type: object, maxProperties: 4}", new="{type: object, maxProperties: 2}"),
)
def max_properties_relaxed(pair: SchemaPair) -> Iterator[Seen]:
    """The greatest number of properties was raised or lifted.

    Readers that reserve room for the old number meet fuller objects.
    """
    yield from limit_lifted(pair, "maxProperties", lower=False)
