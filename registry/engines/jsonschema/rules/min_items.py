"""The least number of items became stricter or more lenient."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._bounds import limit_lifted, limit_tightened
from registry.engines.jsonschema.rules._shared import NARROWS, WIDENS
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="min-items-tightened",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.BOUNDS,
    action=Action.NARROWED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="{type: array, minItems: 1}", new="{type: array, minItems: 3}"),
    fine=Example(old="{type: array, minItems: 3}", new="{type: array, minItems: 1}"),
)
def min_items_tightened(pair: SchemaPair) -> Iterator[Seen]:
    """The least number of items was raised, or set where there was none.

    Lists that were long enough before are refused now.
    """
    yield from limit_tightened(pair, "minItems", lower=True)


@rule(
    id="min-items-relaxed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.BOUNDS,
    action=Action.WIDENED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="{type: array, minItems: 3}", new="{type: array, minItems: 1}"),
    fine=Example(old="{type: array, minItems: 1}", new="{type: array, minItems: 3}"),
)
def min_items_relaxed(pair: SchemaPair) -> Iterator[Seen]:
    """The least number of items was lowered or lifted.

    Readers that rely on a certain number of items meet shorter lists.
    """
    yield from limit_lifted(pair, "minItems", lower=True)
