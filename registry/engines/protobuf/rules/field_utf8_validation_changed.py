"""Whether a string is checked to be UTF-8 changed."""

from __future__ import annotations

from collections.abc import Iterator

from google.protobuf.descriptor_pb2 import FieldDescriptorProto

from registry.domain.contract import ContractKind
from registry.domain.location import Location
from registry.engines.protobuf.elements import Field
from registry.engines.protobuf.features import (
    java_utf8_validation,
    utf8_validation,
)
from registry.engines.protobuf.pairs import (
    Pair,
    each_field,
)
from registry.engines.protobuf.positions import SourceText
from registry.engines.protobuf.rule import over
from registry.engines.protobuf.selection import Category
from registry.engines.rulebook.rule import Action, Area, Aspect, Example, Finding, Nature, risky, rule

_FEATURE = (8, 21, 4)
_JAVA_FEATURE = (8, 21, 1001, 2)
_JAVA_OPTION = (8, 27)
_OLD = 'edition = "2023"; package example; message Cart { string id = 1; }'
_STRING = FieldDescriptorProto.TYPE_STRING


@over(each_field, Category.FILE, Category.PACKAGE)
@rule(
    id="field-utf8-validation-changed",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.FIELD,
    aspect=Aspect.OPTION,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=risky(),
    breaks=Example(old=_OLD, new=_OLD.replace("= 1;", "= 1 [features.utf8_validation = NONE];")),
    fine=Example(old=_OLD, new=_OLD.replace("= 1;", "= 1 [features.utf8_validation = VERIFY];")),
    names=("FIELD_SAME_UTF8_VALIDATION",),
    cap_reason="only text that is not UTF-8 shows it, which the language forbids to send",
)
def field_utf8_validation_changed(pair: Pair[Field]) -> Iterator[Finding]:
    """A string is checked to be UTF-8 and was not, or the other way round.

    A reader that checks refuses the whole message when a writer that does not check sends other bytes.
    """
    if pair.old.proto.type != _STRING or pair.new.proto.type != _STRING:
        return
    old, new = utf8_validation(pair.old), utf8_validation(pair.new)
    if old != new:
        yield Finding(
            f"{pair.new} changed its UTF-8 validation from {old} to {new}",
            pair.revisions.old.text.locate_feature(pair.old, _FEATURE, "utf8_validation"),
            pair.revisions.new.text.locate_feature(pair.new, _FEATURE, "utf8_validation"),
        )


@over(each_field, Category.FILE, Category.PACKAGE)
@rule(
    id="field-java-utf8-validation-changed",
    contract_kind=ContractKind.PROTOBUF,
    area=Area.FIELD,
    aspect=Aspect.SERIALISATION,
    action=Action.CHANGED,
    nature=Nature.PROMISE,
    severity=risky(),
    breaks=Example(
        old='syntax = "proto2"; package example; message Cart { optional string id = 1; }',
        new='syntax = "proto2"; package example; option java_string_check_utf8 = true; message Cart { optional string id = 1; }',
    ),
    fine=Example(
        old='syntax = "proto2"; package example; message Cart { optional string id = 1; }',
        new='syntax = "proto2"; package example; option java_string_check_utf8 = false; message Cart { optional string id = 1; }',
    ),
    names=("FIELD_SAME_JAVA_UTF8_VALIDATION",),
    cap_reason="concerns the generated code of one language only",
)
def field_java_utf8_validation_changed(pair: Pair[Field]) -> Iterator[Finding]:
    """Java checks a string to be UTF-8 and did not, or the other way round.

    A Java reader that checks refuses the whole message.
    """
    if pair.old.proto.type != _STRING or pair.new.proto.type != _STRING:
        return
    old, new = java_utf8_validation(pair.old), java_utf8_validation(pair.new)
    if old != new:
        yield Finding(
            f"{pair.new} changed its UTF-8 validation in Java from {old} to {new}",
            _java_place(pair.revisions.old.text, pair.old),
            _java_place(pair.revisions.new.text, pair.new),
        )


def _java_place(text: SourceText, field: Field) -> Location:
    """The file's option where it is written, else the field's feature, else the field."""
    option = text.locate_exactly(field.file, _JAVA_OPTION)
    if option.position is not None:
        return option
    return text.locate_feature(field, _JAVA_FEATURE, "utf8_validation", "pb.java")
