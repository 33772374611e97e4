"""A record has a field that it did not have."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.avro.pair import Pair, Probe, Seen
from registry.engines.avro.rules._shared import NARROWS, NOTED, default_words
from registry.engines.avro.schema import Field
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule

_WITHOUT = "{type: record, name: Line, fields: [{name: sku, type: string}]}"
_WITH = "{type: record, name: Line, fields: [{name: sku, type: string}, {name: note, type: string, default: ''}]}"
_REQUIRED = "{type: record, name: Line, fields: [{name: sku, type: string}, {name: note, type: string}]}"


@rule(
    id="field-added-without-default",
    contract_kind=ContractKind.AVRO,
    area=Area.FIELD,
    aspect=Aspect.REQUIREDNESS,
    action=Action.ADDED,
    nature=Nature.LANGUAGE,
    severity=NARROWS,
    breaks=Example(old=_WITHOUT, new=_REQUIRED),
    fine=Example(old=_WITHOUT, new=_WITH),
)
def field_added_without_default(pair: Pair) -> Iterator[Seen]:
    """A field without a default was added to a record.

    What was written before has no value for it, and a reader with the new schema has nothing to put there: it refuses the whole
    record. Give the field a default.
    """
    for field in pair.added_fields:
        if field.default is None:
            yield _seen(pair, field, f"the field {field.name} was added without a default")


@rule(
    id="field-added",
    contract_kind=ContractKind.AVRO,
    area=Area.FIELD,
    aspect=Aspect.EXISTENCE,
    action=Action.ADDED,
    nature=Nature.LANGUAGE,
    severity=NOTED,
    breaks=Example(old=_WITHOUT, new=_WITH),
    fine=Example(old=_WITHOUT, new=_REQUIRED),
    cap_reason="readers take the default where old data has no value, and old readers ignore the field",
)
def field_added(pair: Pair) -> Iterator[Seen]:
    """A field with a default was added to a record.

    Readers with the new schema take the default for what was written before, and readers with the old one ignore the field.
    """
    for field in pair.added_fields:
        if field.default is not None:
            yield _seen(pair, field, f"the field {field.name} was added {default_words(field)}")


def _seen(pair: Pair, field: Field, message: str) -> Seen:
    places = pair.old.place.location, field.place.location
    return Seen(message, *places, member=f".{field.name}", probe=Probe(keeps=(field.name,)))
