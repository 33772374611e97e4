"""A union has a branch more, or one less."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.avro.pair import Pair, Probe, Seen
from registry.engines.avro.rules._shared import NARROWS, WIDENS
from registry.engines.avro.schema import described
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="union-branch-added",
    contract_kind=ContractKind.AVRO,
    area=Area.SCHEMA,
    aspect=Aspect.VALUES,
    action=Action.WIDENED,
    nature=Nature.LANGUAGE,
    severity=WIDENS,
    breaks=Example(old="[int, string]", new="[int, string, boolean]"),
    fine=Example(old="[int, string, boolean]", new="[int, string]"),
)
def union_branch_added(pair: Pair) -> Iterator[Seen]:
    """A value may have a type that it could not have.

    Readers with the old schema refuse values of that branch. Have them read the new schema before anybody writes it.
    """
    for branch in pair.added_branches:
        if branch.kind != "null":
            places = pair.old.place.location, branch.place.location
            yield Seen(f"{described(branch)} is one of the types now", *places, probe=Probe(branch=branch))


@rule(
    id="union-branch-removed",
    contract_kind=ContractKind.AVRO,
    area=Area.SCHEMA,
    aspect=Aspect.VALUES,
    action=Action.NARROWED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old="[int, string, boolean]", new="[int, string]"),
    fine=Example(old="[int, string]", new="[int, string, boolean]"),
)
def union_branch_removed(pair: Pair) -> Iterator[Seen]:
    """A value may no longer have a type that it could have.

    Readers with the new schema refuse what was written before with that branch.
    """
    for branch in pair.removed_branches:
        if branch.kind != "null":
            places = branch.place.location, pair.new.place.location
            yield Seen(f"{described(branch)} is no longer one of the types", *places, probe=Probe(branch=branch))
