"""An extension is gone from its file, or from its package."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.protobuf.deletion import gone_from_file, gone_from_package
from registry.engines.protobuf.elements import File
from registry.engines.protobuf.pairs import Pair, Revisions, each_contract, each_file
from registry.engines.protobuf.promise import removal
from registry.engines.protobuf.rule import over
from registry.engines.protobuf.selection import Category
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, by_direction, rule

_KEPT = """syntax = "proto2"; package example;
message Cart { extensions 100 to 200; }
extend Cart { optional string note = 100; }
"""
_OLD = _KEPT + "extend Cart { optional string tag = 101; }"
_BREAKS = Example(old=_OLD, new=_KEPT)
_FINE = Example(old=_OLD, new=_OLD + " extend Cart { optional string mark = 102; }")
_SEVERITY = by_direction(backward=Severity.BREAKING, forward=Severity.SAFE)


@over(each_file, Category.FILE)
@rule(
    id="extension-removed",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.EXTENSION,
    aspect=Aspect.EXISTENCE,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=_SEVERITY,
    breaks=_BREAKS,
    fine=_FINE,
    names=("EXTENSION_NO_DELETE",),
)
def extension_removed(pair: Pair[File]) -> Iterator[Finding]:
    """An extension is gone from its file.

    Code that sets or reads it no longer compiles, and its bytes are not understood. Deprecate it with a sunset first.
    """
    for gone, place in gone_from_file(pair, lambda contents: contents.extensions):
        yield removal(pair.revisions, gone, place, f"{gone} was removed from its file")


@over(each_contract, Category.PACKAGE)
@rule(
    id="extension-removed-from-package",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.EXTENSION,
    aspect=Aspect.IDENTITY,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=_SEVERITY,
    breaks=_BREAKS,
    fine=_FINE,
    names=("PACKAGE_EXTENSION_NO_DELETE",),
)
def extension_removed_from_package(revisions: Revisions) -> Iterator[Finding]:
    """An extension is gone from its package.

    Code that sets or reads it no longer compiles, and its bytes are not understood. A move to another file of the package is
    fine here.
    """
    for gone, place in gone_from_package(revisions, lambda contents: contents.extensions):
        yield removal(revisions, gone, place, f"{gone} was removed from its package")
