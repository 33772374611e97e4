"""A value of an enum kept its number and changed its name."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.protobuf.elements import EnumValue
from registry.engines.protobuf.pairs import (
    Pair,
    each_enum_number,
)
from registry.engines.protobuf.rule import ProtobufFinding, over
from registry.engines.protobuf.selection import Category
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, breaking, rule

_NUMBER = (2,)


@over(each_enum_number, Category.FILE, Category.PACKAGE, Category.WIRE_JSON, Category.CSR)
@rule(
    id="enum-value-renamed",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.ENUM_VALUE,
    aspect=Aspect.IDENTITY,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(
        old="enum Unit { UNIT_UNSPECIFIED = 0; UNIT_BOX = 1; }", new="enum Unit { UNIT_UNSPECIFIED = 0; UNIT_CRATE = 1; }"
    ),
    fine=Example(
        old="enum Unit { UNIT_UNSPECIFIED = 0; UNIT_BOX = 1; }",
        new="enum Unit { option allow_alias = true; UNIT_UNSPECIFIED = 0; UNIT_BOX = 1; UNIT_CRATE = 1; }",
    ),
    names=("ENUM_VALUE_SAME_NAME",),
)
def enum_value_renamed(pair: Pair[tuple[EnumValue, ...]]) -> Iterator[Finding]:
    """A number of an enum lost one of its names.

    Generated code and the JSON encoding know a value by its name. A second name may be added as an alias.
    """
    lost = {value.name for value in pair.old} - {value.name for value in pair.new}
    if not lost:
        return
    old = next(value for value in pair.old if value.name in lost)
    for value in pair.new:
        yield ProtobufFinding(
            f"value {value.number} of {value.enum.full_name} is no longer called {', '.join(sorted(lost))}",
            pair.revisions.old.text.locate_exactly(old, _NUMBER),
            pair.revisions.new.text.locate_exactly(value, _NUMBER),
            elements=(old.full_name, value.full_name, value.enum.full_name),
            advice="keep the old name as an alias (`option allow_alias = true;`)",
        )
