"""The maximum of a number became stricter or more lenient."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._bounds import bound_seen, tighter
from registry.engines.jsonschema.rules._shared import NARROWS, WIDENS
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="maximum-tightened",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.BOUNDS,
    action=Action.NARROWED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="{type: number, maximum: 100}", new="{type: number, maximum: 10}"),
    fine=Example(old="{type: integer, maximum: 5}", new="{type: integer, exclusiveMaximum: 6}"),
)
def maximum_tightened(pair: SchemaPair) -> Iterator[Seen]:
    """The maximum was lowered, set, or made exclusive.

    Numbers that were inside the range are refused now.
    """
    old, new = pair.old.upper, pair.new.upper
    if new is not None and (old is None or tighter(new[0], old[0], lower=False)):
        yield bound_seen(pair, "maximum", old, new)


@rule(
    id="maximum-relaxed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.BOUNDS,
    action=Action.WIDENED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="{type: number, maximum: 10}", new="{type: number, maximum: 100}"),
    fine=Example(old="{type: number, maximum: 100}", new="{type: number, maximum: 10}"),
)
def maximum_relaxed(pair: SchemaPair) -> Iterator[Seen]:
    """The maximum was raised, lifted, or is not exclusive any more.

    Readers of the old range meet numbers outside it.
    """
    old, new = pair.old.upper, pair.new.upper
    if old is not None and (new is None or tighter(old[0], new[0], lower=False)):
        yield bound_seen(pair, "maximum", old, new)
