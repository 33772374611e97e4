"""A package is gone."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.protobuf.pairs import (
    Revisions,
    each_contract,
)
from registry.engines.protobuf.promise import removal
from registry.engines.protobuf.rule import over
from registry.engines.protobuf.selection import Category
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, by_direction, rule


@over(each_contract, Category.PACKAGE)
@rule(
    id="package-removed",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.PACKAGE,
    aspect=Aspect.EXISTENCE,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.BREAKING, forward=Severity.SAFE),
    breaks=Example(
        old="""// file: cart.proto
syntax = "proto3"; package shop.cart;
// file: coupon.proto
syntax = "proto3"; package shop.coupon;
""",
        new="""// file: cart.proto
syntax = "proto3"; package shop.cart;
""",
    ),
    fine=Example(
        old="""// file: cart.proto
syntax = "proto3"; package shop.cart;
// file: coupon.proto
syntax = "proto3"; package shop.coupon;
""",
        new="""// file: cart.proto
syntax = "proto3"; package shop.cart;
// file: other.proto
syntax = "proto3"; package shop.coupon;
""",
    ),
    names=("PACKAGE_NO_DELETE",),
)
def package_removed(revisions: Revisions) -> Iterator[Finding]:
    """No file declares a package any more.

    Its name is part of every full name in it, so everything that it declared is gone.
    """
    before = sorted(revisions.before.files.values(), key=lambda file: file.name)
    for package in revisions.before.by_package:
        if package not in revisions.after.by_package:
            first = next(file for file in before if file.proto.package == package)
            yield removal(revisions, first, None, f"package {package} was removed", elements=(package,))
