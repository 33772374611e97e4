"""A value of an enum is new."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.protobuf.elements import Enum
from registry.engines.protobuf.features import (
    is_closed,
)
from registry.engines.protobuf.pairs import (
    Pair,
    each_enum,
    only_in,
)
from registry.engines.protobuf.rule import over
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, risky, rule

_OLD = "enum Unit { UNIT_UNSPECIFIED = 0; UNIT_BOX = 1; }"


@over(each_enum)
@rule(
    id="enum-value-added",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.ENUM_VALUE,
    aspect=Aspect.EXISTENCE,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=risky(),
    breaks=Example(
        old='syntax = "proto2"; package example; enum Unit { UNIT_PIECE = 1; }',
        new='syntax = "proto2"; package example; enum Unit { UNIT_PIECE = 1; UNIT_BOX = 2; }',
    ),
    fine=Example(old=_OLD, new=_OLD.replace("= 1", "= 1 [deprecated = true]")),
    cap_reason="an old reader of a closed enum sees the default, which it must expect of an absent field as well",
)
def enum_value_added(pair: Pair[Enum]) -> Iterator[Finding]:
    """A value of an enum is new.

    Risky for a closed enum: an old reader keeps the number apart and sees the default in its place. In an open enum it reads
    the number, which the language tells every program to expect: safe.
    """
    for added in only_in(pair.new.by_number(), pair.old.by_number()):
        first = added[0]
        yield Finding(
            f"value {first.number} ({', '.join(value.name for value in added)}) was added to {pair.new.full_name}",
            None,
            pair.revisions.new.text.locate(first),
            elements=(*(value.full_name for value in added), pair.new.full_name),
            severity=None if is_closed(pair.old) or is_closed(pair.new) else Severity.SAFE,
        )
