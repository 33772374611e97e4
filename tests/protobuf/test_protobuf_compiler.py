"""Compiling: what is accepted, and what hostile or broken input gets for an answer."""

from __future__ import annotations

import resource
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from registry.domain.contract import Source
from registry.domain.errors import BadInput, BadReference, LimitExceeded, Malformed, WrongKind
from registry.engines.protobuf.compiler import compile as compile_source
from registry.engines.protobuf.limits import CompileLimits
from tests.protobuf.hostile import HOSTILE
from tests.protobuf.support import compiled

P3 = b'syntax = "proto3";\n'
ACCEPTED = [name for name, (_, error, _) in HOSTILE.items() if error is None]


@pytest.mark.parametrize("name", [name for name in HOSTILE if name not in ACCEPTED])
def test_hostile_input_gets_a_clear_error_quickly(name: str) -> None:
    """One of our errors, at its place, within seconds; whatever happens, happens to a child process."""
    make, expected, position = HOSTILE[name]
    assert expected is not None
    start = _processor_seconds()
    with pytest.raises(expected) as caught:
        compile_source(Source(make(), ""))
    assert _processor_seconds() - start < 15
    assert type(caught.value) is expected
    assert len(str(caught.value)) < 20_000
    if position is not None:
        assert caught.value.place is not None
        assert caught.value.place.position == position


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_is_only_large_is_accepted(name: str) -> None:
    """Within the limits, size is no fault."""
    assert compile_source(Source(HOSTILE[name][0](), "")).contract.enums


def test_no_child_is_left_behind() -> None:
    """A compilation that takes too long is ended, and its process is gone."""
    fields = b"".join(b"int32 f%d=%d;" % (n, n) for n in range(1, 300_001))
    with pytest.raises(LimitExceeded, match=r"longer than 0\.2 seconds"):
        compile_source(Source({"slow.proto": P3 + b"message A {" + fields + b"}"}, ""), CompileLimits(wall_seconds=0.2))
    assert not _children()


def test_memory_and_output_are_bounded() -> None:
    """A child that needs more than it may have ends, and that is an error about limits."""
    text = P3 + b"message A {" + b"".join(b"int32 f%d=%d;" % (n, n) for n in range(1, 60_000)) + b"}"
    for limits in (CompileLimits(memory_bytes=24 * 1024 * 1024), CompileLimits(output_bytes=64 * 1024)):
        with pytest.raises(LimitExceeded, match="exhausts its limits"):
            compile_source(Source({"a.proto": text}, ""), limits)
    assert not _children()


def test_hostile_and_sound_input_side_by_side() -> None:
    """Threads of one service compile at the same time; what ends one child touches no other."""
    names = ("self import", "option literal 110 deep", "messages 40 deep", "3,000 names that nothing declares", "bad UTF-8")
    bad = [Source(HOSTILE[name][0](), "") for name in names]
    good = Source({"a.proto": P3 + b"message A { string s = 1; }"}, "")

    def attempt(source: Source) -> str:
        try:
            return next(iter(compile_source(source).contract.messages))
        except BadInput:
            return "refused"

    mixed = [source for source in bad for source in (source, good)] * 3
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(attempt, mixed)) == ["refused", "A"] * (len(mixed) // 2)


def test_every_error_is_reported() -> None:
    """Two errors in two files: both are said with file, line and column, the first is the place."""
    files = {"a.proto": P3 + b"message A { Missing m = 1; int32 m = 1; }", "b.proto": P3 + b"message B { Other o = 1; }"}
    with pytest.raises(Malformed) as caught:
        compile_source(Source(files, ""))
    text = str(caught.value)
    assert text.startswith("a.proto:2:")
    assert '"Missing" is not defined.' in text
    assert 'b.proto:2:13: "Other" is not defined.' in text


def test_what_follows_from_a_missing_import_does_not_hide_it() -> None:
    """The import is the place, though the compiler also complains about each type that it would have brought."""
    with pytest.raises(BadReference) as caught:
        compile_source(Source({"a.proto": P3 + b'\nimport "gone.proto";\nmessage A { Gone g = 1; }'}, ""))
    assert str(caught.value).startswith('a.proto:3:1: Import "gone.proto" was not found')


def test_imports_inside_the_contract_and_of_well_known_types_resolve() -> None:
    """Paths are relative to the contract's folder; google/protobuf comes with the compiler and is not the contract's own."""
    files = {
        "shop/a.proto": P3 + b'import "shop/b.proto";\nimport "google/protobuf/timestamp.proto";\nmessage A { B b = 1; }',
        "shop/b.proto": P3 + b"message B { }",
        "README.md": b"not a contract",
    }
    descriptors = compile_source(Source(files, ""))
    assert set(descriptors.contract.files) == {"shop/a.proto", "shop/b.proto"}
    assert "google.protobuf.Timestamp" in descriptors.everything.messages


def test_comments_and_strings_are_no_nesting() -> None:
    """Brackets count only where the language sees them."""
    text = P3 + b"// " + b"{" * 200 + b"\n/* " + b"[" * 200 + b' */\noption go_package = "' + b"<" * 200 + b'";\n'
    assert compile_source(Source({"a.proto": text}, "")).contract.files


@pytest.mark.parametrize("edition", ["2023", "2024"])
def test_editions_compile(edition: str) -> None:
    """Editions beside proto2 and proto3."""
    assert compiled(f'edition = "{edition}"; package example; message A {{ string s = 1; }}').contract.messages


def test_a_descriptor_set_is_a_contract() -> None:
    """A compiled set alone is read as it is, with the well-known types as imports."""
    text = 'import "google/protobuf/timestamp.proto"; message A { google.protobuf.Timestamp t = 1; }'
    data = compiled(text).file_set.SerializeToString()
    assert set(compile_source(Source({"contract.binpb": data}, "")).contract.messages) == {"example.A"}


@pytest.mark.parametrize("cut", [1, 10, 100])
def test_a_truncated_descriptor_set_is_refused(cut: int) -> None:
    """Bytes that end too early are no contract."""
    data = compiled("message A { string s = 1; }").file_set.SerializeToString()
    with pytest.raises(Malformed):
        compile_source(Source({"contract.binpb": data[:-cut]}, ""))


@pytest.mark.parametrize("data", [b"", b"not a descriptor set", b"\x08\x01"])
def test_other_bytes_are_no_descriptor_set(data: bytes) -> None:
    """Neither nothing nor something else."""
    with pytest.raises(Malformed):
        compile_source(Source({"contract.binpb": data}, ""))


def test_a_descriptor_set_without_its_imports_is_refused() -> None:
    """A set has to hold what its files import and name."""
    file_set = compiled('import "google/protobuf/timestamp.proto"; message A { google.protobuf.Timestamp t = 1; }').file_set
    alone = type(file_set)(file=[file for file in file_set.file if file.name == "example.proto"])
    with pytest.raises(BadReference, match=r"Import \"google/protobuf/timestamp\.proto\" was not found"):
        compile_source(Source({"contract.binpb": alone.SerializeToString()}, ""))


def test_a_folder_without_protobuf_is_refused() -> None:
    """Nothing to compile is the wrong kind of contract."""
    with pytest.raises(WrongKind):
        compile_source(Source({"openapi.yaml": b"openapi: 3.1.0"}, ""))


def _processor_seconds() -> float:
    """Of this process and its children: the clock also measures what else the machine does."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _children() -> set[str]:
    """Children of this process that are still there."""
    return {pid for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()}
