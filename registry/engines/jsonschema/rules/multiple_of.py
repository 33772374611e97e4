"""The step of a number became coarser, finer, or another."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._bounds import coarser, step, step_spelt
from registry.engines.jsonschema.rules._shared import CHANGES, NARROWS, WIDENS, places
from registry.engines.jsonschema.values import same_value
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="multiple-of-tightened",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.BOUNDS,
    action=Action.NARROWED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="{type: integer, multipleOf: 2}", new="{type: integer, multipleOf: 4}"),
    fine=Example(old="{type: integer, multipleOf: 4}", new="{type: integer, multipleOf: 2}"),
)
def multiple_of_tightened(pair: SchemaPair) -> Iterator[Seen]:
    """Numbers must be multiples of a coarser step, or of a step at all.

    Numbers between the new steps were valid and are refused now.
    """
    old, new = step(pair.old), step(pair.new)
    if new is not None and (old is None or coarser(new, old)):
        yield Seen(
            f"`multipleOf` changed from {step_spelt(old)} to {step_spelt(new)}.", *places(pair, old, new), keywords=("multipleOf",)
        )


@rule(
    id="multiple-of-relaxed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.BOUNDS,
    action=Action.WIDENED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="{type: integer, multipleOf: 4}", new="{type: integer, multipleOf: 2}"),
    fine=Example(old="{type: integer, multipleOf: 2}", new="{type: integer, multipleOf: 4}"),
)
def multiple_of_relaxed(pair: SchemaPair) -> Iterator[Seen]:
    """Numbers may be multiples of a finer step, or any.

    Readers of the old step meet numbers between its steps.
    """
    old, new = step(pair.old), step(pair.new)
    if old is not None and (new is None or coarser(old, new)):
        yield Seen(
            f"`multipleOf` changed from {step_spelt(old)} to {step_spelt(new)}.", *places(pair, old, new), keywords=("multipleOf",)
        )


@rule(
    id="multiple-of-changed",
    contract_kind=ContractKind.JSONSCHEMA,
    area=Area.SCHEMA,
    aspect=Aspect.BOUNDS,
    action=Action.CHANGED,
    nature=Nature.LANGUAGE,
    severity=CHANGES,
    breaks=Example(old="{type: integer, multipleOf: 2}", new="{type: integer, multipleOf: 3}"),
    fine=Example(old="{type: integer, multipleOf: 2}", new="{type: integer, multipleOf: 2.0}"),
)
def multiple_of_changed(pair: SchemaPair) -> Iterator[Seen]:
    """Numbers must be multiples of another step that is neither coarser nor finer.

    Each side admits numbers that the other refuses.
    """
    old, new = step(pair.old), step(pair.new)
    if (
        old is not None
        and new is not None
        and not same_value(old.value, new.value)
        and not coarser(old, new)
        and not coarser(new, old)
    ):
        yield Seen(
            f"`multipleOf` changed from {step_spelt(old)} to {step_spelt(new)}.", *places(pair, old, new), keywords=("multipleOf",)
        )
