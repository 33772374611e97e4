"""A field has another type."""

from __future__ import annotations

from collections.abc import Iterator

from google.protobuf.descriptor_pb2 import FieldDescriptorProto

from registry.domain.contract import ContractKind
from registry.engines.protobuf.elements import Field, SourcePath
from registry.engines.protobuf.features import (
    type_of,
)
from registry.engines.protobuf.pairs import (
    Pair,
    each_field,
)
from registry.engines.protobuf.rule import Harm, ProtobufFinding, over
from registry.engines.protobuf.selection import Category
from registry.engines.protobuf.wire_types import NAMED, same_on_the_wire, same_on_the_wire_and_in_json
from registry.engines.protobuf.wire_types import spell as spell_type
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, breaking, rule

_TYPE, _TYPE_NAME = (5,), (6,)
_OLD = "message Cart { int32 total = 1; }"


@over(each_field, Category.FILE, Category.PACKAGE, Category.CSR)
@rule(
    id="field-type-changed",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.FIELD,
    aspect=Aspect.TYPE,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(old=_OLD, new="message Cart { string total = 1; }"),
    fine=Example(old=_OLD, new="message Cart { int32 total = 1; int32 count = 2; }"),
    names=("FIELD_SAME_TYPE",),
)
def field_type_changed(pair: Pair[Field]) -> Iterator[Finding]:
    """A field has another type.

    Generated code changes with every type. The message says whether the binary and the JSON encoding break as well.
    """
    old, new = _types(pair)
    if old != new or (new in NAMED and not _same_declaration(pair)):
        yield _finding(pair, old, new)


@over(each_field, Category.WIRE)
@rule(
    id="field-type-changed-on-wire",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.FIELD,
    aspect=Aspect.SERIALISATION,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(old=_OLD, new="message Cart { sint32 total = 1; }"),
    fine=Example(old=_OLD, new="message Cart { int64 total = 1; }"),
    names=("FIELD_WIRE_COMPATIBLE_TYPE",),
)
def field_type_changed_on_wire(pair: Pair[Field]) -> Iterator[Finding]:
    """A field has a type that reads the binary encoding of the old one wrongly.

    Integers of one encoding may change their width and string may become bytes; nothing else may change.
    """
    old, new = _types(pair)
    if not same_on_the_wire(old, new) or _other_declaration(pair, new):
        yield _finding(pair, old, new)


@over(each_field, Category.WIRE_JSON, Category.CSR)
@rule(
    id="field-type-changed-on-wire-or-json",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.FIELD,
    aspect=Aspect.VALUES,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=breaking(),
    breaks=Example(old=_OLD, new="message Cart { int64 total = 1; }"),
    fine=Example(old=_OLD, new="message Cart { uint32 total = 1; }"),
    names=("FIELD_WIRE_JSON_COMPATIBLE_TYPE",),
)
def field_type_changed_on_wire_or_json(pair: Pair[Field]) -> Iterator[Finding]:
    """A field has a type that reads the binary or the JSON encoding of the old one wrongly.

    Only the sign of an integer may change: JSON writes 64-bit integers as strings and 32-bit ones as numbers.
    """
    old, new = _types(pair)
    if not same_on_the_wire_and_in_json(old, new) or _other_declaration(pair, new):
        yield _finding(pair, old, new)


def _types(pair: Pair[Field]) -> tuple[int, int]:
    return type_of(pair.old, pair.revisions.old.everything), type_of(pair.new, pair.revisions.new.everything)


def _same_declaration(pair: Pair[Field]) -> bool:
    return pair.revisions.same_type(pair.old.type_name, pair.new.type_name)


def _other_declaration(pair: Pair[Field], new: int) -> bool:
    """Whether the type has another name and is not an enum that merely moved, old values included."""
    if new not in NAMED or _same_declaration(pair):
        return False
    old_enum = pair.revisions.old.everything.enums.get(pair.old.type_name)
    new_enum = pair.revisions.new.everything.enums.get(pair.new.type_name)
    if old_enum is None or new_enum is None or old_enum.name != new_enum.name:
        return True
    values = {(value.name, value.number) for value in new_enum.values}
    return not all((value.name, value.number) in values for value in old_enum.values)


def _harm(pair: Pair[Field], old: int, new: int) -> Harm:
    if _other_declaration(pair, new) or not same_on_the_wire(old, new):
        return Harm.WIRE
    return Harm.SOURCE if same_on_the_wire_and_in_json(old, new) else Harm.JSON


def _finding(pair: Pair[Field], old: int, new: int) -> Finding:
    harm = _harm(pair, old, new)
    return ProtobufFinding(
        f"{pair.new} changed its type from {_spell(pair.old, old)} to {_spell(pair.new, new)}",
        pair.revisions.old.text.locate_exactly(pair.old, _written(pair.old)),
        pair.revisions.new.text.locate_exactly(pair.new, _written(pair.new)),
        witness=pair.revisions.witness(pair.old, pair.new),
        harm=harm,
        advice="" if harm is Harm.WIRE or new in NAMED else "the wire format is read the same within the smaller range",
    )


def _written(field: Field) -> SourcePath:
    """The part of the field that names its type: of a group, the keyword."""
    return _TYPE_NAME if field.proto.type in NAMED - {FieldDescriptorProto.TYPE_GROUP} else _TYPE


def _spell(field: Field, resolved: int) -> str:
    return field.type_name if resolved in NAMED else spell_type(resolved)
