"""The package of a file changed."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.protobuf.elements import File
from registry.engines.protobuf.pairs import (
    Pair,
    each_file,
)
from registry.engines.protobuf.rule import over
from registry.engines.protobuf.selection import Category
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, breaking, rule

_PACKAGE = (2,)


@over(each_file, Category.FILE, Category.PACKAGE, Category.WIRE_JSON, Category.WIRE, Category.CSR)
@rule(
    id="file-package-changed",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.FILE,
    aspect=Aspect.IDENTITY,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(
        old='syntax = "proto3"; package shop.v1; message Cart { string id = 1; }',
        new='syntax = "proto3"; package shop.v2; message Cart { string id = 1; }',
    ),
    fine=Example(
        old='syntax = "proto3"; package shop.v1; message Cart { string id = 1; }',
        new='syntax = "proto3"; package shop.v1; message Cart { string id = 1; string name = 2; }',
    ),
    names=("FILE_SAME_PACKAGE",),
)
def file_package_changed(pair: Pair[File]) -> Iterator[Finding]:
    """A file declares another package than before.

    Full names change with it: the paths of gRPC methods, the types inside Any, and the names in generated code.
    """
    old, new = pair.old.proto.package, pair.new.proto.package
    if old != new:
        declared = pair.revisions.before.by_file[pair.old.name]
        names = [item.full_name for item in (*declared.messages.values(), *declared.enums.values(), *declared.services.values())]
        yield Finding(
            f"package changed from {old or 'none'} to {new or 'none'}",
            pair.revisions.old.text.locate_exactly(pair.old, _PACKAGE),
            pair.revisions.new.text.locate_exactly(pair.new, _PACKAGE),
            elements=tuple(names),
        )
