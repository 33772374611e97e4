"""How many items at most may fit the schema under `contains`."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._contains import count_seen, counts
from registry.engines.jsonschema.rules._shared import NARROWS, WIDENS
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="max-contains-tightened",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.BOUNDS,
    action=Action.NARROWED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="{type: array, contains: {type: integer}}", new="{type: array, contains: {type: integer}, maxContains: 2}"),
    fine=Example(
        old="{type: array, contains: {type: integer}, maxContains: 2}",
        new="{type: array, contains: {type: integer}, maxContains: 3}",
    ),
)
def max_contains_tightened(pair: SchemaPair) -> Iterator[Seen]:
    """Fewer items of a list may fit the schema under `contains`.

    Lists with more of them were valid and are refused now.
    """
    for old, new, before, after in counts(pair, "maxContains", unstated=inf):
        if after < before:
            yield count_seen("maxContains", old, new)


@rule(
    id="max-contains-relaxed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.BOUNDS,
    action=Action.WIDENED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="{type: array, contains: {type: integer}, maxContains: 2}", new="{type: array, contains: {type: integer}}"),
    fine=Example(
        old="{type: array, contains: {type: integer}, maxContains: 3}",
        new="{type: array, contains: {type: integer}, maxContains: 2}",
    ),
)
def max_contains_relaxed(pair: SchemaPair) -> Iterator[Seen]:
    """More items of a list may fit the schema under `contains`.

    Readers of the old schema refuse lists with so many of them.
    """
    for old, new, before, after in counts(pair, "maxContains", unstated=inf):
        if after > before:
            yield count_seen("maxContains", old, new)
