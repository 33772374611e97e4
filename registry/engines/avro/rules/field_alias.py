"""A field is known by another former name, or by one less."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.avro.pair import Pair, Seen
from registry.engines.avro.rules._shared import NOTED, RISKS
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule

_PLAIN = "{type: record, name: Line, fields: [{name: sku, type: string}]}"
_ALIASED = "{type: record, name: Line, fields: [{name: sku, type: string, aliases: [item]}]}"


@rule(
    id="field-alias-added",
    contract_kind=ContractKind.AVRO,
    area=Area.FIELD,
    aspect=Aspect.SERIALISATION,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=NOTED,
    breaks=Example(old=_PLAIN, new=_ALIASED),
    fine=Example(old=_ALIASED, new=_PLAIN),
    cap_reason="readers can cope with more data than before",
)
def field_alias_added(pair: Pair) -> Iterator[Seen]:
    """A field has an alias that it did not have.

    Readers with the new schema also find the field in data that has it under that name.
    """
    yield from _changed(pair, added=True)


@rule(
    id="field-alias-removed",
    contract_kind=ContractKind.AVRO,
    area=Area.FIELD,
    aspect=Aspect.SERIALISATION,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=RISKS,
    breaks=Example(old=_ALIASED, new=_PLAIN),
    fine=Example(old=_PLAIN, new=_ALIASED),
    cap_reason="the version before wrote the field's own name; whether older data has the alias shows when that is compared",
)
def field_alias_removed(pair: Pair) -> Iterator[Seen]:
    """A field lost an alias.

    Readers with the new schema no longer find the field in data that has it under that name.
    """
    yield from _changed(pair, added=False)


def _changed(pair: Pair, *, added: bool) -> Iterator[Seen]:
    for match in pair.fields.matched:
        old, new = pair.sides.ordered(match.reader, match.writer)
        before, after = {*old.aliases, old.name}, {*new.aliases, new.name}
        for alias in sorted(after - before) if added else sorted(before - after):
            if alias not in (old.name, new.name):
                words = f"has the alias {alias} now" if added else f"lost the alias {alias}"
                yield Seen(f"the field {new.name} {words}", old.place.location, new.place.location, member=f".{old.name}")
