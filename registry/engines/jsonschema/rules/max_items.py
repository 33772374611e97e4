"""The greatest number of items became stricter or more lenient."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._bounds import limit_lifted, limit_tightened
from registry.engines.jsonschema.rules._shared import NARROWS, WIDENS
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="max-items-tightened",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.BOUNDS,
    action=Action.NARROWED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="{type: array, maxItems: 10}", new="{type: array, maxItems: 5}"),
    fine=Example(old="{type: array, maxItems: 5}", new="{type: array, maxItems: 10}"),
)
def max_items_tightened(pair: SchemaPair) -> Iterator[Seen]:
    """The greatest number of items was lowered, or set where there was none.

    Lists that fitted before are refused now.
    """
    yield from limit_tightened(pair, "maxItems", lower=False)


@rule(
    id="max-items-relaxed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.BOUNDS,
    action=Action.WIDENED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="{type: array, maxItems: 5}", new="{type: array, maxItems: 10}"),
    fine=Example(old="{type: array, maxItems: 10}", new="{type: array, maxItems: 5}"),
)
def max_items_relaxed(pair: SchemaPair) -> Iterator[Seen]:
    """The greatest number of items was raised or lifted.

    Readers that reserve room for the old number meet longer lists.
    """
    yield from limit_lifted(pair, "maxItems", lower=False)
