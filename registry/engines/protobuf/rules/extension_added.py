"""An extension is new."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.protobuf.pairs import (
    Revisions,
    each_contract,
    only_in,
)
from registry.engines.protobuf.rule import over
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, by_direction, rule

_OLD = 'syntax = "proto2"; package example; message Cart { extensions 100 to 200; }'


@over(each_contract)
@rule(
    id="extension-added",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.EXTENSION,
    aspect=Aspect.EXISTENCE,
    action=Action.ADDED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.SAFE, forward=Severity.RISKY),
    breaks=Example(old=_OLD, new=_OLD + "extend Cart { optional string note = 100; }"),
    fine=Example(old=_OLD, new=_OLD.replace("}", "optional string id = 1; }")),
)
def extension_added(revisions: Revisions) -> Iterator[Finding]:
    """An extension is new.

    Old programs skip it, as they skip a new field.
    """
    for added in only_in(revisions.new.contract.extensions, revisions.old.contract.extensions):
        yield Finding(f"{added} was added", None, revisions.new.text.locate(added))
