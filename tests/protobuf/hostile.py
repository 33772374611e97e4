"""Input that is meant to hurt: each with the error that it gets, and where."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from registry.domain.errors import BadInput, BadReference, LimitExceeded, Malformed, NotText
from registry.domain.location import Position

Case: TypeAlias = tuple[Callable[[], Mapping[str, bytes]], type[BadInput] | None, Position | None]
"""Makes the files; the error that they get (None for none), and where it is, if that is one place."""

P3 = b'syntax = "proto3";\n'
IMPORT = P3 + b'import "%s";'
OPTION = b'syntax = "proto2";\nimport "google/protobuf/descriptor.proto";\nmessage O { optional O o = 1; }\n'
OPTION += b"extend google.protobuf.FileOptions { optional O deep = 50000; }\n"


def _deep_option(levels: int) -> bytes:
    return OPTION + b"option (deep) = " + b"{ o: " * levels + b"{ }" + b" }" * levels + b";\n"


def _chain(length: int) -> dict[str, bytes]:
    return {f"f{n}.proto": P3 + (f'import "f{n + 1}.proto";\n'.encode() if n + 1 < length else b"") for n in range(length)}


def _unresolved(names: int) -> bytes:
    """Names that nothing declares, on one line, thirty scopes deep."""
    fields = b" ".join(b"optional a.b.c.d.e.T%d f%d = %d;" % (number, number, number) for number in range(1, names + 1))
    return b'syntax = "proto2";\n' + b"".join(b"message M%d { " % level for level in range(30)) + fields + b" }" * 30


def _enum(values: int) -> bytes:
    return P3 + b"enum E {\n" + b"\n".join(b"V%d = %d;" % (number, number) for number in range(values)) + b"\n}"


HOSTILE: Mapping[str, Case] = {
    "option literal 110 deep": (lambda: {"a.proto": _deep_option(110)}, LimitExceeded, Position(5, 337)),
    "option literal 1,000 deep": (lambda: {"a.proto": _deep_option(1_000)}, LimitExceeded, Position(5, 337)),
    "option literal 100,000 deep": (lambda: {"a.proto": _deep_option(100_000)}, LimitExceeded, Position(5, 337)),
    "messages 100,000 deep": (lambda: {"a.proto": P3 + b"message A { " * 100_000}, LimitExceeded, Position(2, 779)),
    "messages 40 deep": (lambda: {"a.proto": P3 + b"message A { " * 40 + b"}" * 40}, Malformed, Position(2, 373)),
    "a million braces": (lambda: {"a.proto": b"{" * 1_000_000}, LimitExceeded, Position(1, 65)),
    "a megabyte of brackets": (lambda: {"a.proto": b"{[(<" * 250_000}, LimitExceeded, Position(1, 86)),
    "import chain of 20,000": (lambda: _chain(20_000), LimitExceeded, None),
    "import chain of 2,000": (lambda: _chain(2_000), LimitExceeded, None),
    "import cycle": (
        lambda: {"a.proto": P3 + b'import "b.proto";', "b.proto": P3 + b'import "a.proto";'},
        BadReference,
        Position(2, 1),
    ),
    "self import": (lambda: {"a.proto": P3 + b'import "a.proto";'}, BadReference, Position(2, 1)),
    "import that climbs": (lambda: {"a.proto": P3 + b'import "../secret.proto";'}, BadReference, Position(2, 1)),
    "import of an absolute path": (lambda: {"a.proto": P3 + b'import "/etc/passwd";'}, BadReference, Position(2, 1)),
    "import of nothing": (lambda: {"a.proto": P3 + b'import "b.proto";'}, BadReference, Position(2, 1)),
    "path that climbs": (lambda: {"../a.proto": P3}, BadReference, None),
    "absolute path": (lambda: {"/tmp/a.proto": P3}, BadReference, None),
    "path like an option": (lambda: {"--descriptor_set_out=x.proto": P3}, BadReference, None),
    "path of two lines": (lambda: {"a\n--version\n.proto": P3}, BadReference, None),
    "path too long": (lambda: {"a" * 300 + ".proto": P3}, BadReference, None),
    "file inside a file": (lambda: {"a.proto": P3, "a.proto/b.proto": P3}, BadReference, None),
    "NUL": (lambda: {"a.proto": P3 + b"\0"}, NotText, Position(2, 1)),
    "bad UTF-8": (lambda: {"a.proto": P3 + b"// \xff"}, NotText, Position(2, 4)),
    "bad UTF-8 in a string": (lambda: {"a.proto": P3 + b'option go_package = "\xff";'}, NotText, Position(2, 22)),
    "empty": (lambda: {"a.proto": b" \n"}, Malformed, None),
    "syntax error": (lambda: {"a.proto": P3 + b"message A { int32 = 1; }"}, Malformed, Position(2, 19)),
    "unknown type": (lambda: {"a.proto": P3 + b"message A { Missing m = 1; }"}, Malformed, Position(2, 13)),
    "unfinished comment": (lambda: {"a.proto": P3 + b"/* { " * 1_000}, Malformed, Position(2, 7)),
    "unfinished string": (lambda: {"a.proto": P3 + b'option go_package = "{{{{'}, Malformed, Position(2, 26)),
    "too many files": (lambda: {f"f{n}.proto": P3 for n in range(5_001)}, LimitExceeded, None),
    "too many bytes": (lambda: {"a.proto": P3 + b"//" + b"x" * 33 * 1024 * 1024}, LimitExceeded, None),
    "300,000 fields": (
        lambda: {"a.proto": P3 + b"message A {" + b"".join(b"int32 f%d=%d;" % (n, n) for n in range(1, 300_001)) + b"}"},
        Malformed,
        None,
    ),
    "messages 1,000 deep": (lambda: {"a.proto": P3 + b"message A { " * 1_000 + b"}" * 1_000}, LimitExceeded, Position(2, 779)),
    "3,000 names that nothing declares": (lambda: {"a.proto": _unresolved(3_000)}, Malformed, None),
    "20,000 errors": (lambda: {"a.proto": P3 + b"message A {\n" + b"Missing m = 1;\n" * 20_000 + b"}"}, Malformed, Position(4, 9)),
    "a comment of 100 MB": (lambda: {"a.proto": P3 + b"/*" + b"x" * 100_000_000 + b"*/"}, LimitExceeded, None),
    "100,000 enum values": (lambda: {"a.proto": _enum(100_000)}, None, None),
    "a descriptor set that is cut off": (lambda: {"a.binpb": b"\x0a\x40\x0a\x07a.proto\x12\x01p"}, Malformed, None),
    "a descriptor set that is none": (lambda: {"a.binpb": b"\x89PNG\r\n\x1a\n" * 100}, Malformed, None),
    "a descriptor set of zeros": (lambda: {"a.binpb": bytes(1_000_000)}, Malformed, None),
}
