"""A decimal has another scale, or room for more or fewer digits."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Direction, Severity
from registry.engines.avro.pair import Pair, Seen
from registry.engines.avro.rules._shared import ANY_RECORD, CHANGES
from registry.engines.avro.schema import Fixed, Logical, Primitive
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Nature, by_direction, rule

_NARROW = "{type: bytes, logicalType: decimal, precision: 8, scale: 2}"
_WIDE = "{type: bytes, logicalType: decimal, precision: 12, scale: 2}"
_FINE = "{type: bytes, logicalType: decimal, precision: 8, scale: 4}"


@rule(
    id="decimal-scale-changed",
    contract_kind=ContractKind.AVRO,
    area=Area.SCHEMA,
    aspect=Aspect.SERIALISATION,
    action=Action.CHANGED,
    nature=Nature.LANGUAGE,
    severity=CHANGES,
    breaks=Example(old=_NARROW, new=_FINE),
    fine=Example(old=_NARROW, new=_WIDE),
)
def decimal_scale_changed(pair: Pair) -> Iterator[Seen]:
    """A decimal has another number of digits behind the point.

    The specification calls such decimals no match. A reader that goes by its own schema takes 19.90 for 0.1990, and nothing refuses
    it.
    """
    old, new = decimals(pair)
    if old and new and old.scale != new.scale:
        yield Seen(f"the scale changed from {old.scale} to {new.scale}", *pair.places, probe=ANY_RECORD)


@rule(
    id="decimal-precision-increased",
    contract_kind=ContractKind.AVRO,
    area=Area.SCHEMA,
    aspect=Aspect.BOUNDS,
    action=Action.WIDENED,
    nature=Nature.LANGUAGE,
    severity=by_direction(backward=Severity.RISKY, forward=Severity.BREAKING),
    breaks=Example(old=_NARROW, new=_WIDE),
    fine=Example(old=_WIDE, new=_NARROW),
)
def decimal_precision_increased(pair: Pair) -> Iterator[Seen]:
    """A decimal has room for more digits.

    Readers with the old schema have no room for the largest of the new numbers. Readers with the new one have room for all of the
    old ones; it is risky because the letter of the specification calls decimals of different precision no match.
    """
    old, new = decimals(pair)
    if old and new and old.precision < new.precision:
        yield _precision(pair, old, new)


@rule(
    id="decimal-precision-decreased",
    contract_kind=ContractKind.AVRO,
    area=Area.SCHEMA,
    aspect=Aspect.BOUNDS,
    action=Action.NARROWED,
    nature=Nature.LANGUAGE,
    severity=by_direction(backward=Severity.BREAKING, forward=Severity.RISKY),
    breaks=Example(old=_WIDE, new=_NARROW),
    fine=Example(old=_NARROW, new=_WIDE),
)
def decimal_precision_decreased(pair: Pair) -> Iterator[Seen]:
    """A decimal has room for fewer digits.

    Readers with the new schema have no room for the largest of the numbers that were written before. Readers with the old one have
    room for all of the new ones; it is risky, for the letter of the specification calls decimals of different precision no match.
    """
    old, new = decimals(pair)
    if old and new and old.precision > new.precision:
        yield _precision(pair, old, new)


def decimals(pair: Pair) -> tuple[Logical | None, Logical | None]:
    """Both decimals; (None, None) where one is none, or the underlying types differ."""
    old, new = pair.old, pair.new
    if isinstance(old, Primitive | Fixed) and isinstance(new, Primitive | Fixed) and old.kind == new.kind:
        before, after = old.logical, new.logical
        if before and after and before.name == after.name == "decimal":
            return before, after
    return None, None


def _precision(pair: Pair, old: Logical, new: Logical) -> Seen:
    tight = (old.precision < new.precision) == (pair.direction is Direction.FORWARD)
    return Seen(f"the precision changed from {old.precision} to {new.precision}", *pair.places, probe=ANY_RECORD if tight else None)
