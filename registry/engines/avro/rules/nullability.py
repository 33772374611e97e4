"""A value may be null that could not be, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from registry.domain.contract import ContractKind
from registry.engines.avro.pair import Pair, Probe, Seen
from registry.engines.avro.rules._shared import NARROWS, WIDENS
from registry.engines.avro.schema import Concrete
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="became-nullable",
    contract_kind=ContractKind.AVRO,
    area=Area.SCHEMA,
    aspect=Aspect.REQUIREDNESS,
    action=Action.WIDENED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="string", new="['null', string]"),
    fine=Example(old="['null', string]", new="string"),
)
def became_nullable(pair: Pair) -> Iterator[Seen]:
    """A value may be null that could not be.

    Readers with the old schema refuse a null. Have them read the new schema before anybody writes it.
    """
    yield from _seen(pair, pair.added_branches, "null is allowed now")


@rule(
    id="became-not-nullable",
    contract_kind=ContractKind.AVRO,
    area=Area.SCHEMA,
    aspect=Aspect.REQUIREDNESS,
    action=Action.NARROWED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="['null', string]", new="string"),
    fine=Example(old="string", new="['null', string]"),
)
def became_not_nullable(pair: Pair) -> Iterator[Seen]:
    """A value may no longer be null.

    Readers with the new schema refuse the nulls that were written before.
    """
    yield from _seen(pair, pair.removed_branches, "null is no longer allowed")


def _seen(pair: Pair, branches: Sequence[Concrete], message: str) -> Iterator[Seen]:
    for branch in branches:
        if branch.kind == "null":
            yield Seen(message, *pair.places, probe=Probe(branch=branch))
