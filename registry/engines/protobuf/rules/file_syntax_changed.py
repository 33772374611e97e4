"""The syntax of a file changed."""

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
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, risky, rule

_SYNTAX = (12,)


@over(each_file, Category.FILE, Category.PACKAGE, Category.CSR)
@rule(
    id="file-syntax-changed",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.FILE,
    aspect=Aspect.SERIALISATION,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=risky(),
    breaks=Example(
        old='syntax = "proto2"; package example; message Cart { optional string id = 1; }',
        new='syntax = "proto3"; package example; message Cart { optional string id = 1; }',
    ),
    fine=Example(
        old='syntax = "proto2"; package example; message Cart { optional string id = 1; }',
        new='syntax = "proto2"; package example; message Cart { optional string id = 1; optional string name = 2; }',
    ),
    names=("FILE_SAME_SYNTAX",),
    cap_reason="what the syntax changes for a field or an enum is reported there",
)
def file_syntax_changed(pair: Pair[File]) -> Iterator[Finding]:
    """A file is written in another syntax, or moved to editions.

    Defaults change with it: presence, packing, open enums, UTF-8 checks. Each of them that matters to a field or enum is
    reported there.
    """
    old, new = pair.old.proto.syntax or "proto2", pair.new.proto.syntax or "proto2"
    if old != new:
        yield Finding(
            f"syntax changed from {old} to {new}",
            pair.revisions.old.text.locate_exactly(pair.old, _SYNTAX),
            pair.revisions.new.text.locate_exactly(pair.new, _SYNTAX),
        )
