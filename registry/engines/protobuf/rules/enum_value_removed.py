"""A value of an enum is gone."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.protobuf.elements import Enum, EnumValue
from registry.engines.protobuf.pairs import (
    Pair,
    each_enum,
    only_in,
)
from registry.engines.protobuf.promise import removal
from registry.engines.protobuf.reservation import contains, of_enum
from registry.engines.protobuf.rule import Harm, over
from registry.engines.protobuf.selection import Category
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, by_direction, rule

_OLD = "enum Unit { UNIT_UNSPECIFIED = 0; UNIT_BOX = 1; }"
_SEVERITY = by_direction(backward=Severity.BREAKING, forward=Severity.SAFE)


@over(each_enum, Category.FILE, Category.PACKAGE, Category.CSR)
@rule(
    id="enum-value-removed",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.ENUM_VALUE,
    aspect=Aspect.EXISTENCE,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=_SEVERITY,
    breaks=Example(old=_OLD, new="enum Unit { UNIT_UNSPECIFIED = 0; }"),
    fine=Example(old=_OLD, new="enum Unit { UNIT_UNSPECIFIED = 0; UNIT_BOX = 1 [deprecated = true]; }"),
    names=("ENUM_VALUE_NO_DELETE",),
)
def enum_value_removed(pair: Pair[Enum]) -> Iterator[Finding]:
    """A number of an enum has no value any more.

    Code that names the value no longer compiles, and what old programs send is not understood.
    """
    for gone in _gone(pair):
        yield _finding(pair, gone, "was removed")


@over(each_enum, Category.WIRE_JSON, Category.CSR)
@rule(
    id="enum-value-removed-without-reserving-name",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.ENUM_VALUE,
    aspect=Aspect.IDENTITY,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=_SEVERITY,
    breaks=Example(old=_OLD, new="enum Unit { reserved 1; UNIT_UNSPECIFIED = 0; }"),
    fine=Example(old=_OLD, new='enum Unit { reserved "UNIT_BOX"; UNIT_UNSPECIFIED = 0; }'),
    names=("ENUM_VALUE_NO_DELETE_UNLESS_NAME_RESERVED",),
)
def enum_value_removed_without_reserving_name(pair: Pair[Enum]) -> Iterator[Finding]:
    """A value is gone and its name is free to be used again.

    A later value of that name would be read from JSON that was written for the old one.
    """
    for gone in _gone(pair):
        if not all(value.name in pair.new.proto.reserved_name for value in gone):
            yield _finding(pair, gone, "was removed without reserving its name")


@over(each_enum, Category.WIRE_JSON, Category.WIRE, Category.CSR)
@rule(
    id="enum-value-removed-without-reserving-number",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.ENUM_VALUE,
    aspect=Aspect.SERIALISATION,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=_SEVERITY,
    breaks=Example(old=_OLD, new='enum Unit { reserved "UNIT_BOX"; UNIT_UNSPECIFIED = 0; }'),
    fine=Example(old=_OLD, new="enum Unit { reserved 1; UNIT_UNSPECIFIED = 0; }"),
    names=("ENUM_VALUE_NO_DELETE_UNLESS_NUMBER_RESERVED",),
)
def enum_value_removed_without_reserving_number(pair: Pair[Enum]) -> Iterator[Finding]:
    """A value is gone and its number is free to be used again.

    A later value of that number would be read from bytes that were written for the old one.
    """
    for gone in _gone(pair):
        if not contains(gone[0].number, of_enum(pair.new.proto.reserved_range)):
            yield _finding(pair, gone, "was removed without reserving its number")


def _gone(pair: Pair[Enum]) -> Iterator[tuple[EnumValue, ...]]:
    return only_in(pair.old.by_number(), pair.new.by_number())


def _finding(pair: Pair[Enum], gone: tuple[EnumValue, ...], what: str) -> Finding:
    first = gone[0]
    unreserved = [f'reserved "{value.name}";' for value in gone if value.name not in pair.new.proto.reserved_name]
    harm = Harm.JSON if unreserved else Harm.SOURCE
    if not contains(first.number, of_enum(pair.new.proto.reserved_range)):
        harm = Harm.WIRE
        unreserved.insert(0, f"reserved {first.number};")
    return removal(
        pair.revisions,
        first,
        pair.revisions.new.text.locate(pair.new),
        f"value {first.number} ({', '.join(value.name for value in gone)}) of {pair.new.full_name} {what}",
        unreserved=unreserved,
        witness=pair.revisions.value_witness(first),
        elements=(*(value.full_name for value in gone), pair.old.full_name),
        harm=harm,
    )
