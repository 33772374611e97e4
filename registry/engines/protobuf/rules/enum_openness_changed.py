"""An enum is open and was closed, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.protobuf.elements import Enum
from registry.engines.protobuf.features import (
    is_closed,
)
from registry.engines.protobuf.pairs import (
    Pair,
    each_enum,
)
from registry.engines.protobuf.rule import over
from registry.engines.protobuf.selection import Category
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, breaking, rule

_FEATURE = (3, 7, 2)
_OLD = 'edition = "2023"; package example; enum Unit { UNIT_UNSPECIFIED = 0; }'


@over(each_enum, Category.FILE, Category.PACKAGE)
@rule(
    id="enum-openness-changed",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.ENUM,
    aspect=Aspect.STRUCTURE,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(old=_OLD, new=_OLD.replace("{", "{ option features.enum_type = CLOSED;")),
    fine=Example(old=_OLD, new=_OLD.replace("{", "{ option features.enum_type = OPEN;")),
    names=("ENUM_SAME_TYPE",),
)
def enum_openness_changed(pair: Pair[Enum]) -> Iterator[Finding]:
    """An enum is open and was closed, or the other way round.

    A closed enum keeps numbers that it does not list apart from the field; an open one lets them in. Generated code differs.
    """
    old, new = is_closed(pair.old), is_closed(pair.new)
    if old != new:
        yield Finding(
            f"enum {pair.new.full_name} changed from {'closed to open' if old else 'open to closed'}",
            pair.revisions.old.text.locate_feature(pair.old, _FEATURE, "enum_type"),
            pair.revisions.new.text.locate_feature(pair.new, _FEATURE, "enum_type"),
        )
