"""An enum is gone from its file, or from its package."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.protobuf.deletion import gone_from_file, gone_from_package, moved_to
from registry.engines.protobuf.elements import File
from registry.engines.protobuf.pairs import Pair, Revisions, each_contract, each_file
from registry.engines.protobuf.promise import removal
from registry.engines.protobuf.rule import over
from registry.engines.protobuf.selection import Category
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, by_direction, rule

_KEPT = """enum Size { SIZE_UNSPECIFIED = 0; }
"""
_OLD = _KEPT + "enum Unit { UNIT_UNSPECIFIED = 0; }"
_BREAKS = Example(old=_OLD, new=_KEPT)
_FINE = Example(old=_OLD, new=_OLD + " enum Kind { KIND_UNSPECIFIED = 0; }")
_SEVERITY = by_direction(backward=Severity.BREAKING, forward=Severity.SAFE)


@over(each_file, Category.FILE, Category.CSR)
@rule(
    id="enum-removed",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.ENUM,
    aspect=Aspect.EXISTENCE,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=_SEVERITY,
    breaks=_BREAKS,
    fine=_FINE,
    names=("ENUM_NO_DELETE",),
)
def enum_removed(pair: Pair[File]) -> Iterator[Finding]:
    """An enum is gone from its file.

    Code that names its values no longer compiles. Moved to another file, its includes and module names change.
    """
    for gone, place in gone_from_file(pair, lambda contents: contents.enums):
        yield removal(
            pair.revisions, gone, place, f"enum {gone.full_name} was removed from its file{moved_to(pair.revisions, gone)}"
        )


@over(each_contract, Category.PACKAGE)
@rule(
    id="enum-removed-from-package",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.ENUM,
    aspect=Aspect.IDENTITY,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=_SEVERITY,
    breaks=_BREAKS,
    fine=_FINE,
    names=("PACKAGE_ENUM_NO_DELETE",),
)
def enum_removed_from_package(revisions: Revisions) -> Iterator[Finding]:
    """An enum is gone from its package.

    Code that names its values no longer compiles. A move to another file of the package is fine here.
    """
    for gone, place in gone_from_package(revisions, lambda contents: contents.enums):
        yield removal(revisions, gone, place, f"enum {gone.full_name} was removed from its package")
