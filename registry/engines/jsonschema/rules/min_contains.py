"""How many items at least have to fit the schema under `contains`."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._contains import count_seen, counts
from registry.engines.jsonschema.rules._shared import NARROWS, WIDENS
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="min-contains-tightened",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.BOUNDS,
    action=Action.NARROWED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="{type: array, contains: {type: integer}}", new="{type: array, contains: {type: integer}, minContains: 2}"),
    fine=Example(
        old="{type: array, contains: {type: integer}, minContains: 2}",
        new="{type: array, contains: {type: integer}, minContains: 1}",
    ),
)
def min_contains_tightened(pair: SchemaPair) -> Iterator[Seen]:
    """More items of a list must fit the schema under `contains`.

    Lists with fewer of them were valid and are refused now.
    """
    for old, new, before, after in counts(pair, "minContains", unstated=1):
        if after > before:
            yield count_seen("minContains", old, new)


@rule(
    id="min-contains-relaxed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.BOUNDS,
    action=Action.WIDENED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="{type: array, contains: {type: integer}, minContains: 2}", new="{type: array, contains: {type: integer}}"),
    fine=Example(
        old="{type: array, contains: {type: integer}, minContains: 1}",
        new="{type: array, contains: {type: integer}, minContains: 2}",
    ),
)
def min_contains_relaxed(pair: SchemaPair) -> Iterator[Seen]:
    """Fewer items of a list have to fit the schema under `contains`.

    Readers of the old schema refuse lists with so few of them.
    """
    for old, new, before, after in counts(pair, "minContains", unstated=1):
        if after < before:
            yield count_seen("minContains", old, new)
