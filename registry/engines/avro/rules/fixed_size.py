"""A fixed has another number of bytes."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.avro.pair import Pair, Seen
from registry.engines.avro.rules._shared import ANY_RECORD, CHANGES
from registry.engines.avro.schema import Fixed
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="fixed-size-changed",
    contract_kind=ContractKind.AVRO,
    area=Area.SCHEMA,
    aspect=Aspect.BOUNDS,
    action=Action.CHANGED,
    nature=Nature.LANGUAGE,
    severity=CHANGES,
    breaks=Example(old="{type: fixed, name: Digest, size: 16}", new="{type: fixed, name: Digest, size: 32}"),
    fine=Example(old="{type: fixed, name: Digest, size: 16}", new="{type: fixed, name: Digest, size: 16, doc: Of the body.}"),
)
def fixed_size_changed(pair: Pair) -> Iterator[Seen]:
    """A fixed has another number of bytes.

    Neither side reads what the other one writes. Use bytes where the size may change.
    """
    old, new = pair.old, pair.new
    if isinstance(old, Fixed) and isinstance(new, Fixed) and old.size != new.size:
        yield Seen(f"the size changed from {old.size} to {new.size} bytes", *pair.places, probe=ANY_RECORD)
