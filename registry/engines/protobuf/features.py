"""Resolved edition features: what a field or enum means on the wire and in JSON, whatever syntax says so.

Defaults come from descriptor.proto itself, so an edition that the runtime knows needs no change here. The rules of inheritance
are those of the Protobuf editions documentation: the nearest of element, oneof, enclosing messages and file that sets a feature.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum
from functools import cache
from typing import Literal, TypeAlias

from google.protobuf.descriptor_pb2 import Edition, FeatureSet, FieldDescriptorProto, FieldOptions
from google.protobuf.empty_pb2 import Empty
from google.protobuf.unknown_fields import UnknownFieldSet

from registry.engines.protobuf.elements import Element, Enum, Field, Message, enclosing
from registry.engines.protobuf.index import Index

Type = FieldDescriptorProto
FeatureName: TypeAlias = Literal["field_presence", "enum_type", "utf8_validation", "message_encoding", "json_format"]
_CPP, _JAVA = 1000, 1001
_CPP_STRING_TYPE = _JAVA_UTF8_VALIDATION = 2


class Cardinality(StrEnum):
    """How often a field occurs, and whether its absence can be told from its default."""

    EXPLICIT = "optional with presence"
    IMPLICIT = "optional without presence"
    REQUIRED = "required"
    REPEATED = "repeated"
    MAP = "map"


class CppStringType(StrEnum):
    """The C++ type of a string field: CppFeatures.StringType, and the older `ctype` option's STRING_PIECE."""

    STRING = "string"
    CORD = "cord"
    VIEW = "view"
    STRING_PIECE = "string_piece"


class _CppFeature(IntEnum):
    VIEW = 1
    CORD = 2
    STRING = 3


_JAVA_VERIFY = 2


def feature(element: Element, name: FeatureName) -> int:
    """The resolved value of a feature of descriptor.proto's FeatureSet, as the number of its enum value."""
    if element.file.has_editions:
        for holder in _holders(element):
            features = holder.proto.options.features
            if features.HasField(name):
                return int(getattr(features, name))
    return _default(name, element.file.edition)


def _holders(element: Element) -> list[Element]:
    chain = list(enclosing(element))
    if isinstance(element, Field) and element.oneof is not None:
        chain.insert(1, element.oneof)
    return chain


@cache
def _default(name: FeatureName, edition: int) -> int:
    described = FeatureSet.DESCRIPTOR.fields_by_name[name]
    defaults = [item for item in described.GetOptions().edition_defaults if item.edition <= edition]
    value = max(defaults, key=lambda item: item.edition).value
    return described.enum_type.values_by_name[value].number if described.enum_type is not None else 0


def is_closed(enum: Enum) -> bool:
    """Whether a number that the enum does not list is kept out of the field."""
    return feature(enum, "enum_type") == FeatureSet.CLOSED


def allows_json(element: Message | Enum) -> bool:
    """Whether the JSON form is checked when compiled; otherwise it is made as well as it goes."""
    return feature(element, "json_format") == FeatureSet.ALLOW


def utf8_validation(field: Field) -> str:
    """VERIFY or NONE: whether readers refuse a string that is not UTF-8."""
    return FeatureSet.Utf8Validation.Name(FeatureSet.Utf8Validation.ValueType(feature(field, "utf8_validation")))


def type_of(field: Field, index: Index) -> int:
    """The type with resolved encoding: a message that is delimited on the wire is a group."""
    declared = field.proto.type
    if declared != Type.TYPE_MESSAGE or not field.file.has_editions:
        return declared
    entry = index.messages.get(field.type_name)
    if (entry is not None and entry.is_map_entry) or (field.scope is not None and field.scope.is_map_entry):
        return declared
    return Type.TYPE_GROUP if feature(field, "message_encoding") == FeatureSet.DELIMITED else declared


def cardinality_of(field: Field, index: Index) -> Cardinality:
    """How often the field occurs, with resolved presence."""
    if field.proto.label == Type.LABEL_REPEATED:
        entry = index.messages.get(field.type_name)
        return Cardinality.MAP if entry is not None and entry.is_map_entry else Cardinality.REPEATED
    presence = feature(field, "field_presence")
    if field.proto.label == Type.LABEL_REQUIRED or (presence == FeatureSet.LEGACY_REQUIRED and not field.is_extension):
        return Cardinality.REQUIRED
    always = field.is_extension or field.proto.HasField("oneof_index") or field.proto.type in {Type.TYPE_MESSAGE, Type.TYPE_GROUP}
    return Cardinality.EXPLICIT if always or presence != FeatureSet.IMPLICIT else Cardinality.IMPLICIT


def cpp_string_type(field: Field) -> CppStringType:
    """The C++ type, from the `ctype` option before edition 2024 and from the feature (pb.cpp).string_type."""
    options = field.proto.options
    if field.file.edition < Edition.EDITION_2024 and options.HasField("ctype"):
        match options.ctype:
            case FieldOptions.CORD:
                return CppStringType.CORD
            case FieldOptions.STRING_PIECE:
                return CppStringType.STRING_PIECE
            case _:
                return CppStringType.STRING
    match _language_feature(field, _CPP, _CPP_STRING_TYPE):
        case _CppFeature.VIEW:
            return CppStringType.VIEW
        case _CppFeature.CORD:
            return CppStringType.CORD
        case _CppFeature.STRING:
            return CppStringType.STRING
        case _:
            return CppStringType.VIEW if field.file.edition >= Edition.EDITION_2024 else CppStringType.STRING


def java_utf8_validation(field: Field) -> str:
    """VERIFY or NONE for Java: a file option, or the feature (pb.java).utf8_validation, may be stricter than the language."""
    options = field.file.proto.options
    if not field.file.has_editions or options.HasField("java_string_check_utf8"):
        return "VERIFY" if options.java_string_check_utf8 else utf8_validation(field)
    return "VERIFY" if _language_feature(field, _JAVA, _JAVA_UTF8_VALIDATION) == _JAVA_VERIFY else utf8_validation(field)


def _language_feature(field: Field, extension: int, number: int) -> int | None:
    """A feature of one language. The runtime does not know these extensions of FeatureSet, so they stand among unknown fields."""
    if not field.file.has_editions:
        return None
    for holder in _holders(field):
        for item in UnknownFieldSet(holder.proto.options.features):
            if item.field_number != extension:
                continue
            for inner in UnknownFieldSet(Empty.FromString(item.data)):
                if inner.field_number == number:
                    return int(inner.data)
    return None
