"""Generated code of a message lost its descriptor accessor."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.protobuf.elements import Message
from registry.engines.protobuf.pairs import (
    Pair,
    each_message,
)
from registry.engines.protobuf.rule import over
from registry.engines.protobuf.selection import Category
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, risky, rule

_OPTION = (7, 2)


@over(each_message, Category.FILE, Category.PACKAGE, Category.CSR)
@rule(
    id="message-descriptor-accessor-removed",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.MESSAGE,
    aspect=Aspect.OPTION,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=risky(),
    breaks=Example(
        old="message Cart { string id = 1; }", new="message Cart { option no_standard_descriptor_accessor = true; string id = 1; }"
    ),
    fine=Example(
        old="message Cart { string id = 1; }", new="message Cart { option no_standard_descriptor_accessor = false; string id = 1; }"
    ),
    names=("MESSAGE_NO_REMOVE_STANDARD_DESCRIPTOR_ACCESSOR",),
    cap_reason="only code that reflects on the message in this way notices",
)
def message_descriptor_accessor_removed(pair: Pair[Message]) -> Iterator[Finding]:
    """The option no_standard_descriptor_accessor was set.

    The accessor is left out of generated code, to make room for a field called descriptor.
    """
    if pair.new.proto.options.no_standard_descriptor_accessor and not pair.old.proto.options.no_standard_descriptor_accessor:
        yield Finding(
            f"message {pair.new.full_name} lost its standard descriptor accessor",
            pair.revisions.old.text.locate_exactly(pair.old, _OPTION),
            pair.revisions.new.text.locate_exactly(pair.new, _OPTION),
        )
