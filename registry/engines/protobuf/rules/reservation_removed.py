"""Numbers or names are no longer reserved."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.contract import ContractKind
from registry.engines.protobuf.elements import Enum, Message
from registry.engines.protobuf.pairs import (
    Pair,
    Revisions,
    each_enum,
    each_message,
)
from registry.engines.protobuf.reservation import Range, missing, of_enum, of_message, spell
from registry.engines.protobuf.rule import ProtobufFinding, over
from registry.engines.protobuf.selection import Category
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, breaking, rule


@over(each_message, Category.FILE, Category.PACKAGE, Category.WIRE_JSON, Category.WIRE, Category.CSR)
@rule(
    id="message-reservation-removed",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.MESSAGE,
    aspect=Aspect.SERIALISATION,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(
        old='message Cart { reserved 2, 5 to 9; reserved "coupon"; string id = 1; }',
        new="message Cart { reserved 2, 5 to 7; string id = 1; }",
    ),
    fine=Example(
        old='message Cart { reserved 2, 5 to 9; reserved "coupon"; string id = 1; }',
        new='message Cart { reserved 2 to 9; reserved "coupon"; string id = 1; }',
    ),
    names=("RESERVED_MESSAGE_NO_DELETE",),
)
def message_reservation_removed(pair: Pair[Message]) -> Iterator[Finding]:
    """A message reserves fewer numbers or names than before.

    They belonged to fields that old messages may still hold; used again, those are misread.
    """
    old, new = of_message(pair.old.proto.reserved_range), of_message(pair.new.proto.reserved_range)
    yield from _findings(pair.revisions, pair.old, pair.new, old, new)


@over(each_enum, Category.FILE, Category.PACKAGE, Category.WIRE_JSON, Category.WIRE, Category.CSR)
@rule(
    id="enum-reservation-removed",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.ENUM,
    aspect=Aspect.SERIALISATION,
    action=Action.REMOVED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(
        old='enum Unit { reserved 2, 5 to 9; reserved "UNIT_BOX"; UNIT_UNSPECIFIED = 0; }',
        new="enum Unit { reserved 2, 5 to 7; UNIT_UNSPECIFIED = 0; }",
    ),
    fine=Example(
        old='enum Unit { reserved 2, 5 to 9; reserved "UNIT_BOX"; UNIT_UNSPECIFIED = 0; }',
        new='enum Unit { reserved 2 to 9; reserved "UNIT_BOX"; UNIT_UNSPECIFIED = 0; }',
    ),
    names=("RESERVED_ENUM_NO_DELETE",),
)
def enum_reservation_removed(pair: Pair[Enum]) -> Iterator[Finding]:
    """An enum reserves fewer numbers or names than before.

    They belonged to values that old messages may still hold; used again, those are misread.
    """
    old, new = of_enum(pair.old.proto.reserved_range), of_enum(pair.new.proto.reserved_range)
    yield from _findings(pair.revisions, pair.old, pair.new, old, new)


def _findings(
    revisions: Revisions, old: Message | Enum, new: Message | Enum, before: tuple[Range, ...], after: tuple[Range, ...]
) -> Iterator[Finding]:
    lost: list[tuple[str, str]] = []
    for wanted in before:
        if parts := missing(wanted, after):
            free = ", ".join(spell(part) for part in parts)
            lost.append((free if parts == (wanted,) else f"{free} of {spell(wanted)}", f"reserved {free};"))
    kept = set(new.proto.reserved_name)
    lost += [(f"the name {name}", f'reserved "{name}";') for name in old.proto.reserved_name if name not in kept]
    for what, statement in lost:
        yield ProtobufFinding(
            f"{new.full_name} no longer reserves {what}",
            revisions.old.text.locate(old),
            revisions.new.text.locate(new),
            advice=f"write `{statement}`",
        )
