"""Descriptor sets that come inside other files, where no compiler has looked at them: bounded before anything is made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from google.protobuf.descriptor_pb2 import EnumDescriptorProto, FieldDescriptorProto, FileDescriptorProto

from registry.domain.errors import LimitExceeded, Malformed
from registry.engines.protobuf.descriptors import Descriptors, read

_NAME = re.compile(r"[\w.]*", re.ASCII)
_SET_BYTES = 4 * 1024 * 1024
# All full names together; the index writes each of them out. A name costs something beside its length.
_NAME_CHARACTERS = 16_000_000
_COST_OF_A_NAME = 100


def read_enclosed(data: bytes) -> Descriptors:
    """Read a FileDescriptorSet.

    Raises Malformed for what is none or has names that the language does not allow, BadReference for a file's name that is no path,
    LimitExceeded for more than 4 MiB, or for more or longer names than are read.
    """
    if len(data) > _SET_BYTES:
        raise LimitExceeded(f"the descriptor set is larger than {_SET_BYTES} bytes")
    descriptors = read(data)
    left = _NAME_CHARACTERS
    for scope, name in chain.from_iterable(_names(file.proto) for file in descriptors.files):
        if not isinstance(name, str) or not _NAME.fullmatch(name):  # what is no UTF-8 comes as bytes
            raise Malformed("a name in the descriptor set is none that the language allows")
        left -= scope + len(name) + _COST_OF_A_NAME
        if left < 0:
            raise LimitExceeded("the names in the descriptor set are too many or too long")
    return descriptors


def _names(file: FileDescriptorProto) -> Iterator[tuple[int, str | bytes]]:
    """Every name in a file, with how many characters stand before it in the full name: none before the name of a type."""
    package = len(file.package)
    yield 0, file.package
    yield from _names_in(package, file.enum_type, file.extension)
    for service in file.service:
        yield package, service.name
        for method in service.method:
            yield package + len(service.name), method.name
            yield from ((0, method.input_type), (0, method.output_type))
    waiting = [(package, message) for message in file.message_type]
    while waiting:
        scope, message = waiting.pop()
        yield scope, message.name
        inner = scope + len(message.name)
        yield from _names_in(inner, message.enum_type, (*message.field, *message.extension))
        waiting.extend((inner, nested) for nested in message.nested_type)


def _names_in(
    scope: int, enums: Iterable[EnumDescriptorProto], fields: Iterable[FieldDescriptorProto]
) -> Iterator[tuple[int, str | bytes]]:
    for enum in enums:
        yield scope, enum.name
        yield from ((scope, value.name) for value in enum.value)
    for field in fields:
        yield from ((scope, field.name), (0, field.type_name), (0, field.extendee))
