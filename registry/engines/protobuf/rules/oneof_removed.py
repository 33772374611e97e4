"""A oneof is gone."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Severity
from registry.engines.protobuf.elements import Message
from registry.engines.protobuf.pairs import (
    Pair,
    each_message,
)
from registry.engines.protobuf.promise import removal
from registry.engines.protobuf.rule import over
from registry.engines.protobuf.selection import Category
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, by_direction, rule


@over(each_message, Category.FILE, Category.PACKAGE, Category.CSR)
@rule(
    id="oneof-removed",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.ONEOF,
    aspect=Aspect.EXISTENCE,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=by_direction(backward=Severity.BREAKING, forward=Severity.SAFE),
    breaks=Example(
        old="message Payment { oneof by { string card = 1; string iban = 2; } }",
        new="message Payment { string card = 1; string iban = 2; }",
    ),
    fine=Example(
        old="message Payment { oneof by { string card = 1; string iban = 2; } }",
        new="message Payment { oneof by { string card = 1; string iban = 2; string cash = 3; } }",
    ),
    names=("ONEOF_NO_DELETE",),
)
def oneof_removed(pair: Pair[Message]) -> Iterator[Finding]:
    """A oneof of a message is gone.

    Code that asks which of its fields is set no longer compiles.
    """
    names = {oneof.name for oneof in pair.new.oneofs}
    for gone in pair.old.oneofs:
        if gone.name not in names and not gone.synthetic:
            place = pair.revisions.new.text.locate(pair.new)
            yield removal(pair.revisions, gone, place, f"oneof {gone.full_name} was removed")
