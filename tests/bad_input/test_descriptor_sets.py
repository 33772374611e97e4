"""Descriptor sets that decode and that no compiler would write: refused when they are read, not when they are compared."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from google.protobuf.descriptor_pb2 import DescriptorProto, FileDescriptorProto, FileDescriptorSet

from registry.domain.contract import Source
from registry.domain.errors import BadReference, Malformed
from registry.engines.protobuf.compiler import compile as compile_source

FIELD = {"name": "f", "number": 1, "label": 1}


def message(file_set: FileDescriptorSet, name: str = "a.proto", syntax: str = "proto2") -> DescriptorProto:
    """The message `A` in a file of its own."""
    return file_set.file.add(name=name, syntax=syntax).message_type.add(name="A")


def nested(file_set: FileDescriptorSet) -> None:
    """Messages in messages, ninety levels deep."""
    inner = message(file_set)
    for _ in range(90):
        inner = inner.nested_type.add(name="A")


def nameless(file_set: FileDescriptorSet) -> None:
    """Declarations without names."""
    file: FileDescriptorProto = file_set.file.add(name="a.proto")
    file.message_type.add().field.add()
    file.service.add().method.add()


UNSOUND: dict[str, tuple[Callable[[FileDescriptorSet], object], type[Exception]]] = {
    "a oneof that is not there": (lambda found: message(found).field.add(**FIELD, type=5, oneof_index=7), Malformed),
    "a negative oneof": (lambda found: message(found).field.add(**FIELD, type=5, oneof_index=-3), Malformed),
    "a default of another type": (lambda found: message(found).field.add(**FIELD, type=1, default_value="x"), Malformed),
    "a type that is not there": (lambda found: message(found).field.add(**FIELD, type=11, type_name=".Nope"), Malformed),
    "a syntax of the future": (lambda found: message(found, syntax="proto9"), Malformed),
    "an import that is not there": (lambda found: found.file.add(name="a.proto").dependency.append("b.proto"), BadReference),
    "a file that imports itself": (lambda found: found.file.add(name="a.proto").dependency.append("a.proto"), BadReference),
    "one file twice": (lambda found: (message(found), message(found)), Malformed),
    "no names": (nameless, Malformed),
    "ninety levels": (nested, Malformed),
    "a file that climbs out": (lambda found: message(found, "../a.proto"), BadReference),
    "a file named like an option": (lambda found: message(found, "--plugin=x"), BadReference),
    "a file named over two lines": (lambda found: message(found, "a.proto\n--plugin=x"), BadReference),
}


@pytest.mark.parametrize("kind", UNSOUND)
def test_an_unsound_set_is_refused(kind: str) -> None:
    """The compiler judges it in its child process; the place is the file that holds the set."""
    build, error = UNSOUND[kind]
    file_set = FileDescriptorSet()
    build(file_set)
    with pytest.raises(error) as refused:
        compile_source(Source({"contract.binpb": file_set.SerializeToString()}, ""))
    assert str(refused.value.place) == "contract.binpb"


def test_a_file_name_that_is_no_text_is_refused() -> None:
    """Protobuf's own decoder hands such a name over as bytes."""
    with pytest.raises(BadReference):
        compile_source(Source({"contract.binpb": b"\x0a\x03\x0a\x01\xff"}, ""))
