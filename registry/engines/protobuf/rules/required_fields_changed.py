"""A message has other required fields."""

from __future__ import annotations

from collections.abc import Iterator

from google.protobuf.descriptor_pb2 import FieldDescriptorProto

from registry.domain.contract import ContractKind
from registry.engines.protobuf.elements import Field, Message
from registry.engines.protobuf.pairs import (
    Pair,
    each_message,
    only_in,
)
from registry.engines.protobuf.rule import ProtobufFinding, over
from registry.engines.protobuf.selection import Category
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, breaking, rule

_OLD = 'syntax = "proto2"; package example; message Cart { required string id = 1; }'


@over(each_message, Category.FILE, Category.PACKAGE, Category.WIRE_JSON, Category.WIRE, Category.CSR)
@rule(
    id="required-fields-changed",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.MESSAGE,
    aspect=Aspect.REQUIREDNESS,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(old=_OLD, new=_OLD.replace("}", "required string name = 2; }")),
    fine=Example(old=_OLD, new=_OLD.replace("}", "optional string name = 2; }")),
    names=("MESSAGE_SAME_REQUIRED_FIELDS",),
)
def required_fields_changed(pair: Pair[Message]) -> Iterator[Finding]:
    """A required field was added or removed.

    Whoever knows the field as required refuses every message without it.
    """
    old, new = _required(pair.old), _required(pair.new)
    for gone in only_in(old, new):
        if _reported_as_cardinality(pair, gone):
            continue
        yield ProtobufFinding(
            f"{gone} is no longer required",
            pair.revisions.old.text.locate(gone),
            pair.revisions.new.text.locate(pair.new),
            elements=(gone.full_name,),
            advice="old readers refuse messages without it",
        )
    for added in only_in(new, old):
        if _reported_as_cardinality(pair, added):
            continue
        yield ProtobufFinding(
            f"{added} became required",
            None,
            pair.revisions.new.text.locate(added),
            advice="new readers refuse messages without it",
        )


def _reported_as_cardinality(pair: Pair[Message], field: Field) -> bool:
    """Whether the field is on both sides, so that a change of its label is one finding and not two."""
    return not pair.revisions.to_the_letter and field.number in pair.old.fields and field.number in pair.new.fields


def _required(message: Message) -> dict[int, Field]:
    """The fields labelled required, by number. What editions spell as a feature, the rules about cardinality see."""
    return {number: field for number, field in message.fields.items() if field.proto.label == FieldDescriptorProto.LABEL_REQUIRED}
