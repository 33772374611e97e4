"""The default of a field appeared, vanished or changed."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.avro.pair import Pair, Seen
from registry.engines.avro.rules._shared import NOTED, RISKS, spelt
from registry.engines.avro.schema import Field
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule

_NONE = "{type: record, name: Line, fields: [{name: quantity, type: int}]}"
_ONE = "{type: record, name: Line, fields: [{name: quantity, type: int, default: 1}]}"
_TWO = "{type: record, name: Line, fields: [{name: quantity, type: int, default: 2}]}"


@rule(
    id="field-default-added",
    contract_kind=ContractKind.AVRO,
    area=Area.FIELD,
    aspect=Aspect.OPTION,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=NOTED,
    breaks=Example(old=_NONE, new=_ONE),
    fine=Example(old=_ONE, new=_NONE),
    cap_reason="readers can cope with more data than before",
)
def field_default_added(pair: Pair) -> Iterator[Seen]:
    """A field has a default where it had none.

    Readers with the new schema also read data that does not have the field; the field can be removed later.
    """
    for old, new in _kept(pair):
        if old.default is None and new.default is not None:
            yield _seen(old, new, f"the field {new.name} has the default {spelt(new.default.value)} now")


@rule(
    id="field-default-removed",
    contract_kind=ContractKind.AVRO,
    area=Area.FIELD,
    aspect=Aspect.OPTION,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=RISKS,
    breaks=Example(old=_ONE, new=_NONE),
    fine=Example(old=_NONE, new=_ONE),
    cap_reason="what the version before wrote has the field; whether older data lacks it shows when that is compared",
)
def field_default_removed(pair: Pair) -> Iterator[Seen]:
    """The default of a field was taken back.

    Readers with the new schema refuse data from before the field was there, and the field can no longer be removed.
    """
    for old, new in _kept(pair):
        if old.default is not None and new.default is None:
            yield _seen(old, new, f"the field {new.name} lost its default {spelt(old.default.value)}")


@rule(
    id="field-default-changed",
    contract_kind=ContractKind.AVRO,
    area=Area.FIELD,
    aspect=Aspect.OPTION,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=RISKS,
    breaks=Example(old=_ONE, new=_TWO),
    fine=Example(old=_ONE, new=_ONE.replace("default: 1", "default: 1, doc: At least one.")),
    cap_reason="what the version before wrote has the field; only data from before the field was there is read otherwise",
)
def field_default_changed(pair: Pair) -> Iterator[Seen]:
    """The default of a field is another value.

    Data from before the field was there means something else to readers with the new schema than to readers with the old one.
    """
    for old, new in _kept(pair):
        before, after = old.default, new.default
        if before is not None and after is not None and not _same(before.value, after.value):
            yield _seen(old, new, f"the default of the field {new.name} changed from {spelt(before.value)} to {spelt(after.value)}")


def _kept(pair: Pair) -> Iterator[tuple[Field, Field]]:
    for match in pair.fields.matched:
        yield pair.sides.ordered(match.reader, match.writer)


def _same(old: object, new: object) -> bool:
    return old == new and isinstance(old, bool) == isinstance(new, bool)


def _seen(old: Field, new: Field, message: str) -> Seen:
    return Seen(message, old.place.location, new.place.location, member=f".{old.name}")
