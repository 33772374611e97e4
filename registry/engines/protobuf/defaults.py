"""Declared default values, comparable across types."""

from __future__ import annotations

import struct
from math import isnan
from typing import TypeAlias

from google.protobuf.descriptor_pb2 import FieldDescriptorProto

from registry.engines.protobuf.elements import Field
from registry.engines.protobuf.features import is_closed
from registry.engines.protobuf.index import Index

Default: TypeAlias = int | float | str | bytes
Type = FieldDescriptorProto


def default_of(field: Field, index: Index) -> Default | None:
    """The value that a reader sees when the field is absent; None for what cannot have one (repeated, message).

    An enum's value is its number, a bool's 0 or 1, so that a change of type alone is no change of default.
    """
    proto = field.proto
    if proto.label == Type.LABEL_REPEATED or proto.type in {Type.TYPE_MESSAGE, Type.TYPE_GROUP}:
        return None
    text = proto.default_value
    match proto.type:
        case Type.TYPE_STRING:
            return text
        case Type.TYPE_BYTES:
            return _unescape(text)
        case Type.TYPE_ENUM:
            return _enum_number(field, text, index)
        case Type.TYPE_BOOL:
            return int(text == "true")
        case Type.TYPE_FLOAT:
            return _single(float(text or 0))
        case Type.TYPE_DOUBLE:
            return float(text or 0)
        case _:
            return int(text or 0)


def same_default(old: Field, before: Default, new: Field, after: Default) -> bool:
    """Whether two defaults are the same value. A float and a double are compared as floats, a string and bytes by content."""
    if isinstance(before, str | bytes) or isinstance(after, str | bytes):
        return _content(before) == _content(after)
    if {old.proto.type, new.proto.type} == {Type.TYPE_FLOAT, Type.TYPE_DOUBLE}:
        before, after = _single(before), _single(after)
    return before == after or (isnan(before) and isnan(after))


def _content(value: Default) -> Default:
    return value.encode() if isinstance(value, str) else value


def _single(value: float) -> float:
    """The value as a four-byte float holds it."""
    try:
        return float(struct.unpack("<f", struct.pack("<f", value))[0])
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def _enum_number(field: Field, text: str, index: Index) -> int:
    enum = index.enums.get(field.type_name)
    if enum is None or not enum.values:
        return 0
    if text:
        return next((value.number for value in enum.values if value.name == text), 0)
    return enum.values[0].number if is_closed(enum) else 0


def _unescape(text: str) -> bytes:
    """Bytes from the C escapes that descriptors hold them in."""
    from google.protobuf.text_encoding import CUnescape

    return CUnescape(text)
