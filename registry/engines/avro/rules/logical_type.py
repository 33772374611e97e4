"""The meaning of a value's underlying type appeared, vanished or changed."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.change import NoWitness
from registry.domain.contract import ContractKind
from registry.engines.avro.pair import Pair, Seen
from registry.engines.avro.rules._shared import CHANGES, RISKS
from registry.engines.avro.schema import Fixed, Logical, Primitive
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, rule

_PLAIN = "long"
_MILLIS = "{type: long, logicalType: timestamp-millis}"
_MICROS = "{type: long, logicalType: timestamp-micros}"
_SAME_BYTES = NoWitness("the bytes are the same; readers differ in whose meaning they go by, and fastavro goes by the writer's")


@rule(
    id="logical-type-added",
    contract_kind=ContractKind.AVRO,
    area=Area.SCHEMA,
    aspect=Aspect.OPTION,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=RISKS,
    breaks=Example(old=_PLAIN, new=_MILLIS),
    fine=Example(old=_MILLIS, new=_PLAIN),
    cap_reason="the data is still read; programs meet a value of another type",
)
def logical_type_added(pair: Pair) -> Iterator[Seen]:
    """A type has a logical type where it had none.

    Programs that read the number meet a date, a decimal or the like, and what was written before may not have been meant so.
    """
    old, new = _logical(pair)
    if old is None and new is not None:
        yield Seen(f"{_kind(pair)} is {new} now", *pair.places, witness=_SAME_BYTES)


@rule(
    id="logical-type-removed",
    contract_kind=ContractKind.AVRO,
    area=Area.SCHEMA,
    aspect=Aspect.OPTION,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=RISKS,
    breaks=Example(old=_MILLIS, new=_PLAIN),
    fine=Example(old=_PLAIN, new=_MILLIS),
    cap_reason="the data is still read; programs meet a value of another type",
)
def logical_type_removed(pair: Pair) -> Iterator[Seen]:
    """A type lost its logical type.

    Programs that read a date, a decimal or the like meet the number or the bytes that stand for it.
    """
    old, new = _logical(pair)
    if old is not None and new is None:
        yield Seen(f"{_kind(pair)} is no longer {old}", *pair.places, witness=_SAME_BYTES)


@rule(
    id="logical-type-changed",
    contract_kind=ContractKind.AVRO,
    area=Area.SCHEMA,
    aspect=Aspect.OPTION,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=CHANGES,
    breaks=Example(old=_MILLIS, new=_MICROS),
    fine=Example(old=_MILLIS, new="{type: long, logicalType: timestamp-millis, doc: When it was paid.}"),
)
def logical_type_changed(pair: Pair) -> Iterator[Seen]:
    """A type has another logical type.

    The same bytes mean something else: milliseconds that are read as microseconds are off by a factor of a thousand, and nothing
    refuses them.
    """
    old, new = _logical(pair)
    if old is not None and new is not None and old.name != new.name:
        yield Seen(f"{_kind(pair)} is {new} and no longer {old}", *pair.places, witness=_SAME_BYTES)


def _logical(pair: Pair) -> tuple[Logical | None, Logical | None]:
    """The logical types of two types of one kind; where the underlying types differ, that is the finding."""
    old, new = pair.old, pair.new
    if isinstance(old, Primitive | Fixed) and isinstance(new, Primitive | Fixed) and old.kind == new.kind:
        return old.logical, new.logical
    return None, None


def _kind(pair: Pair) -> str:
    return f"the {pair.new.kind}"
