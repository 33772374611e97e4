"""The greatest length of a text became stricter or more lenient."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._bounds import limit_lifted, limit_tightened
from registry.engines.jsonschema.rules._shared import NARROWS, WIDENS
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="max-length-tightened",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.BOUNDS,
    action=Action.NARROWED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="{type: string, maxLength: 10}", new="{type: string, maxLength: 5}"),
    fine=Example(old="{type: string, maxLength: 5}", new="{type: string, maxLength: 10}"),
)
def max_length_tightened(pair: SchemaPair) -> Iterator[Seen]:
    """The greatest length of a text was lowered, or set where there was none.

    Texts that fitted before are refused now.
    """
    yield from limit_tightened(pair, "maxLength", lower=False)


@rule(
    id="max-length-relaxed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.BOUNDS,
    action=Action.WIDENED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="{type: string, maxLength: 5}", new="{type: string, maxLength: 10}"),
    fine=Example(old="{type: string, maxLength: 10}", new="{type: string, maxLength: 5}"),
)
def max_length_relaxed(pair: SchemaPair) -> Iterator[Seen]:
    """The greatest length of a text was raised or lifted.

    Readers with a column or buffer of the old length meet longer texts.
    """
    yield from limit_lifted(pair, "maxLength", lower=False)
