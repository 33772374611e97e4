"""The minimum of a number became stricter or more lenient."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._bounds import bound_seen, tighter
from registry.engines.jsonschema.rules._shared import NARROWS, WIDENS
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="minimum-tightened",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.BOUNDS,
    action=Action.NARROWED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="{type: number, minimum: 0}", new="{type: number, minimum: 10}"),
    fine=Example(old="{type: integer, minimum: 5}", new="{type: integer, exclusiveMinimum: 4}"),
)
def minimum_tightened(pair: SchemaPair) -> Iterator[Seen]:
    """The minimum was raised, set, or made exclusive.

    Numbers that were inside the range are refused now.
    """
    old, new = pair.old.lower, pair.new.lower
    if new is not None and (old is None or tighter(new[0], old[0], lower=True)):
        yield bound_seen(pair, "minimum", old, new)


@rule(
    id="minimum-relaxed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.BOUNDS,
    action=Action.WIDENED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="{type: number, minimum: 10}", new="{type: number, minimum: 0}"),
    fine=Example(old="{type: number, minimum: 0}", new="{type: number, minimum: 10}"),
)
def minimum_relaxed(pair: SchemaPair) -> Iterator[Seen]:
    """The minimum was lowered, lifted, or is not exclusive any more.

    Readers of the old range meet numbers outside it.
    """
    old, new = pair.old.lower, pair.new.lower
    if old is not None and (new is None or tighter(old[0], new[0], lower=True)):
        yield bound_seen(pair, "minimum", old, new)
