"""A field has another name."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Direction, Severity
from registry.engines.avro.pair import Pair, Probe, Seen
from registry.engines.avro.rules._shared import CHANGES
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule


@rule(
    id="field-renamed",
    contract_kind=ContractKind.AVRO,
    area=Area.FIELD,
    aspect=Aspect.IDENTITY,
    action=Action.CHANGED,
    nature=Nature.LANGUAGE,
    severity=CHANGES,
    breaks=Example(
        old="{type: record, name: Line, fields: [{name: item, type: string, aliases: [sku]}]}",
        new="{type: record, name: Line, fields: [{name: sku, type: string}]}",
    ),
    fine=Example(
        old="{type: record, name: Line, fields: [{name: item, type: string}]}",
        new="{type: record, name: Line, fields: [{name: sku, type: string}]}",
    ),
)
def field_renamed(pair: Pair) -> Iterator[Seen]:
    """A field has a new name, and an alias that says so on one side.

    A reader looks for the names and aliases of its own schema only. The alias of the new field heals the reading of what was
    written before; readers with the old schema do not find the new name, and refuse the record unless they have a default.

    A field whose new name no alias connects with the old one counts as removed and added.
    """
    unhealed = {match.reader.name for match in pair.fields.renamed}
    for old, new in pair.renames:
        reader = new if pair.direction is Direction.BACKWARD else old
        defaulted = Severity.RISKY if reader.default is not None else None
        yield Seen(
            f"the field {old.name} is called {new.name} now",
            old.place.location,
            new.place.location,
            member=f".{old.name}",
            severity=defaulted if reader.name in unhealed else Severity.SAFE,
            probe=Probe(keeps=(reader.name,)),
        )
