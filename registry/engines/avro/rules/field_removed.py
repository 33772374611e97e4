"""A record no longer has a field that it had."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.change import NoWitness
from registry.domain.contract import ContractKind
from registry.domain.verdict import Direction, Severity
from registry.engines.avro.pair import Pair, Probe, Seen
from registry.engines.avro.rules._shared import RISKS, default_words
from registry.engines.avro.schema import Field
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, by_direction, rule

_WITHOUT = "{type: record, name: Line, fields: [{name: sku, type: string}]}"
_WITH = "{type: record, name: Line, fields: [{name: sku, type: string}, {name: note, type: string, default: ''}]}"
_REQUIRED = "{type: record, name: Line, fields: [{name: sku, type: string}, {name: note, type: string}]}"
_UNUSED = NoWitness("every record is still read; that nobody needs the field is a promise, which no record shows")


@rule(
    id="field-removed-without-default",
    contract_kind=ContractKind.AVRO,
    area=Area.FIELD,
    aspect=Aspect.REQUIREDNESS,
    action=Action.REMOVED,
    nature=Nature.LANGUAGE,
    severity=by_direction(backward=Severity.RISKY, forward=Severity.BREAKING),
    breaks=Example(old=_REQUIRED, new=_WITHOUT),
    fine=Example(old=_WITH, new=_WITHOUT),
)
def field_removed_without_default(pair: Pair) -> Iterator[Seen]:
    """A field that had no default was removed from a record.

    A reader with the old schema finds no value for it and has no default: it refuses the whole record. Give the field a default,
    wait until every reader has that schema, and remove it then.

    Readers with the new schema pass over the field in what was written before; consumers that use it lose it.
    """
    for field in pair.removed_fields:
        if field.default is None:
            yield _seen(pair, field, f"the field {field.name} was removed; it had no default")


@rule(
    id="field-removed",
    contract_kind=ContractKind.AVRO,
    area=Area.FIELD,
    aspect=Aspect.EXISTENCE,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=RISKS,
    breaks=Example(old=_WITH, new=_WITHOUT),
    fine=Example(old=_REQUIRED, new=_WITHOUT),
    cap_reason="every record is still read; whether somebody needs the field is for its consumers to say",
)
def field_removed(pair: Pair) -> Iterator[Seen]:
    """A field that had a default was removed from a record.

    Records are still read, and readers with the old schema see the default from now on, whatever the value would have been. It
    breaks the consumers that are known to use the field.
    """
    for field in pair.removed_fields:
        if field.default is not None:
            yield _seen(pair, field, f"the field {field.name} was removed; old readers see {default_words(field)[5:]}")


def _seen(pair: Pair, field: Field, message: str) -> Seen:
    decides = field.default is None and pair.direction is Direction.FORWARD
    return Seen(
        message,
        field.place.location,
        pair.new.place.location,
        member=f".{field.name}",
        probe=Probe(keeps=(field.name,)) if decides else None,
        witness=_UNUSED,
        removes_promise=not decides,
    )
