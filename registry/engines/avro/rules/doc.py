"""What a type or a field is for reads otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.avro.pair import Pair, Seen
from registry.engines.avro.rules._shared import NOTED, both_named
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="doc-changed",
    contract_kind=ContractKind.AVRO,
    area=Area.DOCUMENT,
    aspect=Aspect.OPTION,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=NOTED,
    breaks=Example(
        old="{type: record, name: Line, fields: [{name: sku, type: string}]}",
        new="{type: record, name: Line, fields: [{name: sku, type: string, doc: What is bought.}]}",
    ),
    fine=Example(
        old="{type: record, name: Line, fields: [{name: sku, type: string, order: ascending}]}",
        new="{type: record, name: Line, fields: [{name: sku, type: string}]}",
    ),
    cap_reason="no program reads it",
)
def doc_changed(pair: Pair) -> Iterator[Seen]:
    """The text that describes a type or a field is another one.

    Worth a look: a text that tells of another meaning is a change that no schema shows.
    """
    named = both_named(pair.old, pair.new)
    if named is not None and named[0].doc != named[1].doc:
        yield Seen(f"{named[1].kind} {named[1].name} is described otherwise", *pair.places)
    for match in pair.fields.matched:
        old, new = pair.sides.ordered(match.reader, match.writer)
        if old.doc != new.doc:
            places = old.place.location, new.place.location
            yield Seen(f"the field {new.name} is described otherwise", *places, member=f".{old.name}")
