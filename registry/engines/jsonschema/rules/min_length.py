"""The least length of a text became stricter or more lenient."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._bounds import limit_lifted, limit_tightened
from registry.engines.jsonschema.rules._shared import NARROWS, WIDENS
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="min-length-tightened",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.BOUNDS,
    action=Action.NARROWED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="{type: string, minLength: 3}", new="{type: string, minLength: 5}"),
    fine=Example(old="{type: string, minLength: 5}", new="{type: string, minLength: 3}"),
)
def min_length_tightened(pair: SchemaPair) -> Iterator[Seen]:
    """The least length of a text was raised, or set where there was none.

    Texts that were long enough before are refused now.
    """
    yield from limit_tightened(pair, "minLength", lower=True)


@rule(
    id="min-length-relaxed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.BOUNDS,
    action=Action.WIDENED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="{type: string, minLength: 5}", new="{type: string, minLength: 3}"),
    fine=Example(old="{type: string, minLength: 3}", new="{type: string, minLength: 5}"),
)
def min_length_relaxed(pair: SchemaPair) -> Iterator[Seen]:
    """The least length of a text was lowered or lifted.

    Readers that rely on a certain length meet shorter texts.
    """
    yield from limit_lifted(pair, "minLength", lower=True)
