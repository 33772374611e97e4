"""The least number of properties became stricter or more lenient."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._bounds import limit_lifted, limit_tightened
from registry.engines.jsonschema.rules._shared import NARROWS, WIDENS
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="min-properties-tightened",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.BOUNDS,
    action=Action.NARROWED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="{type: object, minProperties: 1}", new="{type: object, minProperties: 2}"),
    fine=Example(old="{type: object, minProperties: 2}", new="{type: object, minProperties: 1}"),
)
def min_properties_tightened(pair: SchemaPair) -> Iterator[Seen]:
    """The least number of properties was raised, or set where there was none.

    Objects that had enough properties before are refused now.
    """
    yield from limit_tightened(pair, "minProperties", lower=True)


@rule(
    id="min-properties-relaxed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.BOUNDS,
    action=Action.WIDENED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="{type: object, minProperties: 2}", new="{type: object, minProperties: 1}"),
    fine=Example(old="{type: object, minProperties: 1}", new="{type: object, minProperties: 2}"),
)
def min_properties_relaxed(pair: SchemaPair) -> Iterator[Seen]:
    """The least number of properties was lowered or lifted.

    Readers that rely on a certain number of properties meet emptier objects.
    """
    yield from limit_lifted(pair, "minProperties", lower=True)
