"""A message or an enum no longer promises a JSON form."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.change import NoWitness
from registry.domain.contract import ContractKind
from registry.engines.protobuf.elements import Enum, Message, SourcePath
from registry.engines.protobuf.features import (
    allows_json,
)
from registry.engines.protobuf.pairs import (
    Pair,
    Revisions,
    each_enum,
    each_message,
)
from registry.engines.protobuf.rule import over
from registry.engines.protobuf.selection import Category
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, breaking, rule

_OLD = 'edition = "2023"; package example; message Cart { string id = 1; }'
_ENUM = 'edition = "2023"; package example; enum Unit { UNIT_UNSPECIFIED = 0; }'
_IN_MESSAGE, _IN_ENUM = (7, 12, 6), (3, 7, 6)


@over(each_message, Category.FILE, Category.PACKAGE, Category.WIRE_JSON, Category.CSR)
@rule(
    id="message-json-format-weakened",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.MESSAGE,
    aspect=Aspect.SERIALISATION,
    action=Action.NARROWED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(old=_OLD, new=_OLD.replace("{", "{ option features.json_format = LEGACY_BEST_EFFORT;")),
    fine=Example(old=_OLD, new=_OLD.replace("{", "{ option features.json_format = ALLOW;")),
    names=("MESSAGE_SAME_JSON_FORMAT",),
)
def message_json_format_weakened(pair: Pair[Message]) -> Iterator[Finding]:
    """A message no longer promises a sound JSON form.

    The compiler stops checking that its field names are unique in JSON.
    """
    if allows_json(pair.old) and not allows_json(pair.new):
        yield _finding(pair.revisions, pair.old, pair.new, _IN_MESSAGE)


@over(each_enum, Category.FILE, Category.PACKAGE, Category.WIRE_JSON, Category.CSR)
@rule(
    id="enum-json-format-weakened",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.ENUM,
    aspect=Aspect.SERIALISATION,
    action=Action.NARROWED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(old=_ENUM, new=_ENUM.replace("{", "{ option features.json_format = LEGACY_BEST_EFFORT;")),
    fine=Example(old=_ENUM, new=_ENUM.replace("{", "{ option features.json_format = ALLOW;")),
    names=("ENUM_SAME_JSON_FORMAT",),
)
def enum_json_format_weakened(pair: Pair[Enum]) -> Iterator[Finding]:
    """An enum no longer promises a sound JSON form.

    The compiler stops checking that its value names are unique in JSON.
    """
    if allows_json(pair.old) and not allows_json(pair.new):
        yield _finding(pair.revisions, pair.old, pair.new, _IN_ENUM)


def _finding(revisions: Revisions, old: Message | Enum, new: Message | Enum, option: SourcePath) -> Finding:
    return Finding(
        f"{new.full_name} no longer promises a JSON form (json_format is LEGACY_BEST_EFFORT)",
        revisions.old.text.locate_feature(old, option, "json_format"),
        revisions.new.text.locate_feature(new, option, "json_format"),
        witness=NoWitness("the JSON form is not on the binary wire"),
    )
