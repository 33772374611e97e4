"""Which field types read each other's encodings.

Sources: the Protobuf language guide, "Updating a message type" (binary) and "JSON mapping"; the groups are those of buf's rules
FIELD_WIRE_COMPATIBLE_TYPE and FIELD_WIRE_JSON_COMPATIBLE_TYPE, which leave out what depends on the values sent (enum as integer,
bytes as message).
"""

from __future__ import annotations

from google.protobuf.descriptor_pb2 import FieldDescriptorProto

Type = FieldDescriptorProto

_WIRE_GROUPS: tuple[frozenset[int], ...] = (
    frozenset({Type.TYPE_INT32, Type.TYPE_INT64, Type.TYPE_UINT32, Type.TYPE_UINT64, Type.TYPE_BOOL}),
    frozenset({Type.TYPE_SINT32, Type.TYPE_SINT64}),
    frozenset({Type.TYPE_FIXED32, Type.TYPE_SFIXED32}),
    frozenset({Type.TYPE_FIXED64, Type.TYPE_SFIXED64}),
)
_WIRE_AND_JSON_GROUPS: tuple[frozenset[int], ...] = (
    frozenset({Type.TYPE_INT32, Type.TYPE_UINT32}),
    frozenset({Type.TYPE_INT64, Type.TYPE_UINT64}),
    frozenset({Type.TYPE_FIXED32, Type.TYPE_SFIXED32}),
    frozenset({Type.TYPE_FIXED64, Type.TYPE_SFIXED64}),
)
SIXTY_FOUR_BITS: frozenset[int] = frozenset(
    {Type.TYPE_INT64, Type.TYPE_UINT64, Type.TYPE_SINT64, Type.TYPE_FIXED64, Type.TYPE_SFIXED64}
)
NAMED: frozenset[int] = frozenset({Type.TYPE_MESSAGE, Type.TYPE_GROUP, Type.TYPE_ENUM})
"""Types that are declared and have a name."""


def same_on_the_wire(old: int, new: int) -> bool:
    """Whether the binary form of one type is read as the other. A string is bytes; bytes need not be a string."""
    return (old == Type.TYPE_STRING and new == Type.TYPE_BYTES) or _in_one_group(old, new, _WIRE_GROUPS)


def same_on_the_wire_and_in_json(old: int, new: int) -> bool:
    """Whether both forms of one type are read as the other."""
    return _in_one_group(old, new, _WIRE_AND_JSON_GROUPS)


def spell(field_type: int) -> str:
    """The keyword of a type."""
    return Type.Type.Name(Type.Type.ValueType(field_type)).removeprefix("TYPE_").lower()


def _in_one_group(old: int, new: int, groups: tuple[frozenset[int], ...]) -> bool:
    return old == new or any({old, new} <= group for group in groups)
