"""A field is gone."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.domain.verdict import Direction, Severity
from registry.engines.protobuf.elements import Field, Message
from registry.engines.protobuf.pairs import Pair, each_message, only_in
from registry.engines.protobuf.promise import removal
from registry.engines.protobuf.reservation import contains, of_message
from registry.engines.protobuf.rule import Harm, ProtobufFinding, over
from registry.engines.protobuf.selection import Category
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, by_direction, rule

_REMOVED = "message Cart { string id = 1; string coupon = 2; }"
_KEPT = Example(old=_REMOVED, new="message Cart { string id = 1; string coupon = 2 [deprecated = true]; }")
_SEVERITY = by_direction(backward=Severity.BREAKING, forward=Severity.SAFE)


@over(each_message, Category.FILE, Category.PACKAGE, Category.CSR)
@rule(
    id="field-removed",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.FIELD,
    aspect=Aspect.EXISTENCE,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=_SEVERITY,
    breaks=Example(old=_REMOVED, new="message Cart { string id = 1; }"),
    fine=_KEPT,
    names=("FIELD_NO_DELETE",),
)
def field_removed(pair: Pair[Message]) -> Iterator[Finding]:
    """A field of a message is gone.

    Code that reads or writes it no longer compiles, and what old programs still send in it is not understood. Deprecate it with a
    sunset; once that has passed, remove it and reserve its number and name.
    """
    for gone in _gone(pair):
        yield _finding(pair, gone, f"{gone} was removed", witness=True)


@over(each_message, Category.CSR, Category.WIRE_JSON)
@rule(
    id="field-removed-without-reserving-name",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.FIELD,
    aspect=Aspect.IDENTITY,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=_SEVERITY,
    breaks=Example(old=_REMOVED, new="message Cart { reserved 2; string id = 1; }"),
    fine=Example(old=_REMOVED, new='message Cart { reserved "coupon"; string id = 1; }'),
    names=("FIELD_NO_DELETE_UNLESS_NAME_RESERVED",),
)
def field_removed_without_reserving_name(pair: Pair[Message]) -> Iterator[Finding]:
    """A field is gone and its name is free to be used again.

    A later field of that name would be read from JSON that was written for the old one.
    """
    for gone in _gone(pair):
        if gone.name not in pair.new.proto.reserved_name:
            yield _finding(pair, gone, f"{gone} was removed without reserving its name")


@over(each_message, Category.CSR, Category.WIRE_JSON, Category.WIRE)
@rule(
    id="field-removed-without-reserving-number",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.FIELD,
    aspect=Aspect.SERIALISATION,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=_SEVERITY,
    breaks=Example(old=_REMOVED, new='message Cart { reserved "coupon"; string id = 1; }'),
    fine=Example(old=_REMOVED, new="message Cart { reserved 2; string id = 1; }"),
    names=("FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED",),
)
def field_removed_without_reserving_number(pair: Pair[Message]) -> Iterator[Finding]:
    """A field is gone and its number is free to be used again.

    A later field of that number would be read from bytes that were written for the old one.
    """
    for gone in _gone(pair):
        if not contains(gone.number, of_message(pair.new.proto.reserved_range)):
            yield _finding(pair, gone, f"{gone} was removed without reserving its number", witness=True)


def _gone(pair: Pair[Message]) -> Iterator[Field]:
    return only_in(pair.old.fields, pair.new.fields)


def _finding(pair: Pair[Message], gone: Field, message: str, *, witness: bool = False) -> Finding:
    moved = next((field for field in pair.new.fields.values() if field.name == gone.name), None)
    if moved is not None:
        return ProtobufFinding(
            f"{gone} was renumbered to {moved.number}",
            pair.revisions.old.text.locate(gone),
            pair.revisions.new.text.locate(pair.new),
            elements=(gone.full_name,),
            witness=pair.revisions.witness(gone, read_as=pair.new.full_name) if witness else None,
            removes_promise=True,
            direction=Direction.BOTH,
            harm=Harm.WIRE,
            advice="what is sent under the one number is not read under the other",
        )
    unreserved: list[str] = []
    harm = Harm.SOURCE
    if gone.name not in pair.new.proto.reserved_name:
        harm = Harm.JSON
        unreserved.append(f'reserved "{gone.name}";')
    if not contains(gone.number, of_message(pair.new.proto.reserved_range)):
        harm = Harm.WIRE
        unreserved.insert(0, f"reserved {gone.number};")
    return removal(
        pair.revisions,
        gone,
        pair.revisions.new.text.locate(pair.new),
        message,
        unreserved=unreserved,
        witness=pair.revisions.witness(gone, read_as=pair.new.full_name) if witness else None,
        harm=harm,
    )
