"""A type became an unrelated one."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.avro.matching import promotes
from registry.engines.avro.pair import Pair, Seen
from registry.engines.avro.rules._shared import ANY_RECORD, CHANGES
from registry.engines.avro.schema import described
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="type-changed",
    contract_kind=ContractKind.AVRO,
    area=Area.SCHEMA,
    aspect=Aspect.STRUCTURE,
    action=Action.CHANGED,
    nature=Nature.LANGUAGE,
    severity=CHANGES,
    breaks=Example(old="string", new="int"),
    fine=Example(old="string", new="[string, int]"),
)
def type_changed(pair: Pair) -> Iterator[Seen]:
    """A type became another one, and neither is promoted to the other.

    Neither side reads what the other one writes. Add a field of the new type beside the old one, or a branch to a union.
    """
    old, new = pair.old, pair.new
    if not pair.is_union and old.kind != new.kind and not promotes(old, new) and not promotes(new, old):
        yield Seen(f"{described(old)} became {described(new)}", *pair.places, probe=ANY_RECORD)
