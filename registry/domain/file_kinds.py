"""What the name of a file says about its content."""

from __future__ import annotations

import posixpath

AVRO_SUFFIX = ".avsc"
PROTOBUF_SUFFIX = ".proto"
DESCRIPTOR_SET_SUFFIXES = (".binpb", ".pb", ".desc", ".protoset")


def is_protobuf(name: str) -> bool:
    """Whether a file belongs to a Protobuf contract: a source, or a compiled descriptor set."""
    return posixpath.splitext(name)[1] in {PROTOBUF_SUFFIX, *DESCRIPTOR_SET_SUFFIXES}
