"""A service is gone from its file, or from its package."""

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

_KEPT = """message Cart { string id = 1; }
service Carts { rpc Get(Cart) returns (Cart); }
"""
_OLD = _KEPT + "service Admin { rpc Drop(Cart) returns (Cart); }"
_BREAKS = Example(old=_OLD, new=_KEPT)
_FINE = Example(old=_OLD, new=_OLD + " service Audit { rpc Read(Cart) returns (Cart); }")
_SEVERITY = by_direction(backward=Severity.BREAKING, forward=Severity.SAFE)


@over(each_file, Category.FILE)
@rule(
    id="service-removed",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.SERVICE,
    aspect=Aspect.EXISTENCE,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=_SEVERITY,
    breaks=_BREAKS,
    fine=_FINE,
    names=("SERVICE_NO_DELETE",),
)
def service_removed(pair: Pair[File]) -> Iterator[Finding]:
    """A service is gone from its file.

    Every call of its methods is answered with UNIMPLEMENTED. Moved to another file, its includes and module names change.
    """
    for gone, place in gone_from_file(pair, lambda contents: contents.services):
        yield removal(
            pair.revisions, gone, place, f"service {gone.full_name} was removed from its file{moved_to(pair.revisions, gone)}"
        )


@over(each_contract, Category.PACKAGE)
@rule(
    id="service-removed-from-package",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.SERVICE,
    aspect=Aspect.IDENTITY,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=_SEVERITY,
    breaks=_BREAKS,
    fine=_FINE,
    names=("PACKAGE_SERVICE_NO_DELETE",),
)
def service_removed_from_package(revisions: Revisions) -> Iterator[Finding]:
    """A service is gone from its package.

    Every call of its methods is answered with UNIMPLEMENTED. A move to another file of the package is fine here.
    """
    for gone, place in gone_from_package(revisions, lambda contents: contents.services):
        yield removal(revisions, gone, place, f"service {gone.full_name} was removed from its package")
