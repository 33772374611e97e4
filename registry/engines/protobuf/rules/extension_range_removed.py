"""Numbers are no longer open to extensions."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.protobuf.elements import Message
from registry.engines.protobuf.pairs import (
    Pair,
    each_message,
)
from registry.engines.protobuf.reservation import missing, of_message, spell
from registry.engines.protobuf.rule import over
from registry.engines.protobuf.selection import Category
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, breaking, rule

_OLD = 'syntax = "proto2"; package example; message Cart { extensions 100 to 200; }'


@over(each_message, Category.FILE, Category.PACKAGE, Category.CSR)
@rule(
    id="extension-range-removed",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.MESSAGE,
    aspect=Aspect.VALUES,
    action=Action.NARROWED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(old=_OLD, new=_OLD.replace("200", "150")),
    fine=Example(old=_OLD, new=_OLD.replace("200", "300")),
    names=("EXTENSION_MESSAGE_NO_DELETE",),
)
def extension_range_removed(pair: Pair[Message]) -> Iterator[Finding]:
    """A message leaves fewer numbers to extensions than before.

    Extensions that use them no longer compile.
    """
    kept = of_message(pair.new.proto.extension_range)
    for wanted in of_message(pair.old.proto.extension_range):
        if parts := missing(wanted, kept):
            yield Finding(
                f"message {pair.new.full_name} no longer leaves {', '.join(map(spell, parts))} of {spell(wanted)} to extensions",
                pair.revisions.old.text.locate(pair.old),
                pair.revisions.new.text.locate(pair.new),
            )
