"""Bytes that prove a break on the wire: written under the old contract, and what the new one reads in them."""

from __future__ import annotations

from typing import Any

from google.protobuf.descriptor_pb2 import FieldDescriptorProto
from google.protobuf.message import DecodeError, Message
from google.protobuf.unknown_fields import UnknownFieldSet

from registry.domain.change import NoWitness, WireWitness, Witness
from registry.engines.protobuf.descriptors import Descriptors
from registry.engines.protobuf.elements import Field

_DEPTH = 4
_CHARACTERS_SHOWN = 1_000

Type = FieldDescriptorProto
# Values chosen to look different when they are misread: beyond 32 bits, odd, and not UTF-8.
_SAMPLES: dict[int, tuple[Any, Any]] = {
    Type.TYPE_DOUBLE: (1.5, 2.5),
    Type.TYPE_FLOAT: (1.5, 2.5),
    Type.TYPE_INT64: (2**40 + 1, 2**40 + 3),
    Type.TYPE_UINT64: (2**40 + 1, 2**40 + 3),
    Type.TYPE_INT32: (-75, 75),
    Type.TYPE_FIXED64: (2**63 + 1, 3),
    Type.TYPE_FIXED32: (2**31 + 1, 3),
    Type.TYPE_BOOL: (True, True),
    Type.TYPE_STRING: ("first", "second"),
    Type.TYPE_BYTES: (b"\xff", b"\xfe"),
    Type.TYPE_UINT32: (2**31 + 1, 3),
    Type.TYPE_SFIXED32: (-75, 75),
    Type.TYPE_SFIXED64: (-75, 75),
    Type.TYPE_SINT32: (-75, 75),
    Type.TYPE_SINT64: (2**40 + 1, 2**40 + 3),
}


def wire_witness(
    old: Descriptors, new: Descriptors, field: Field, number: int | None = None, *, read_as: str | None = None
) -> Witness:
    """A message with only `field` set, to the enum value `number` if given, as the old revision writes it and the new one reads it.

    `read_as` is the message's full name in the new revision, where it has another one there. NoWitness when the message is gone,
    when the runtime cannot load a revision, or when both read the same.
    """
    if field.is_extension:
        return NoWitness("an extension is read only by programs that register it")
    try:
        return _written_and_read(old, new, field, number, read_as or field.message_name)
    except RecursionError:  # the runtime makes the class of a message inside of making that of the message around it
        return NoWitness("the Protobuf runtime does not load this message: what it contains is nested too deeply")


def _written_and_read(old: Descriptors, new: Descriptors, field: Field, number: int | None, read_as: str) -> Witness:
    try:
        written, read = _class(old, field.message_name)(), _class(new, read_as)()
        described = written.DESCRIPTOR.fields_by_number[field.number]
        if number is None:
            _set(written, described, _DEPTH)
        elif described.is_repeated:
            getattr(written, described.name).append(number)
        else:
            setattr(written, described.name, number)
        data = written.SerializePartialToString()
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        return NoWitness(f"the Protobuf runtime does not load this message: {error}")
    try:
        read.MergeFromString(data)
    except DecodeError:
        return WireWitness(field.message_name, data.hex(), _shown(written), "refused: the bytes cannot be parsed")
    if _text(written, numbers=True) == _text(read, numbers=True):
        return NoWitness("the bytes read the same: the change is in names, JSON or generated code")
    return WireWitness(field.message_name, data.hex(), _shown(written), _shown(read))


def _class(descriptors: Descriptors, name: str) -> type[Message]:
    from google.protobuf.message_factory import GetMessageClass

    return GetMessageClass(descriptors.pool.FindMessageTypeByName(name))


def _set(message: Message, field: Any, depth: int) -> None:
    """Set a field to samples, a repeated one to two of them."""
    first, second = _samples(field)
    target: Any = getattr(message, field.name)
    if _is_map(field):
        _set_entry(target, field.message_type, depth)
    elif field.message_type is not None:
        inner = target.add() if field.is_repeated else target
        inner.SetInParent()
        _fill(inner, depth - 1)
    elif field.is_repeated:
        target.extend([first, second])
    else:
        setattr(message, field.name, first)


def _samples(field: Any) -> tuple[Any, Any]:
    if field.enum_type is not None:
        numbers = [value.number for value in field.enum_type.values]
        return max(numbers, key=abs), numbers[0]
    return _SAMPLES.get(field.type, (None, None))


def _is_map(field: Any) -> bool:
    return field.message_type is not None and field.message_type.GetOptions().map_entry


def _set_entry(entries: Any, entry: Any, depth: int) -> None:
    key, value = _samples(entry.fields_by_name["key"])[0], entry.fields_by_name["value"]
    if value.message_type is not None:
        _fill(entries[key], depth - 1)
    else:
        entries[key] = _samples(value)[0]


def _fill(message: Message, depth: int) -> None:
    if depth and message.DESCRIPTOR.fields:
        _set(message, message.DESCRIPTOR.fields[0], depth)


def _text(message: Message, *, numbers: bool = False) -> str:
    """The fields that the message's own descriptor knows, by name or by number."""
    from google.protobuf.text_format import MessageToString

    return MessageToString(message, as_one_line=True, use_field_number=numbers)


def _shown(message: Message) -> str:
    text = _text(message) or "an empty message"
    if len(text) > _CHARACTERS_SHOWN:
        text = f"{text[:_CHARACTERS_SHOWN]} ..."
    unknown = sorted({item.field_number for item in UnknownFieldSet(message)})
    return f"{text}, with field {', '.join(map(str, unknown))} unknown" if unknown else text
