"""Protobuf, beside buf: cold processes on real folders, and a history of ten versions in process.

    python -m tests.benchmarks.protobuf [RUNS]

Needs `../shared/bench/protobuf` for the large contract; without it, the small one and its history are measured. Trust processor
seconds and ratios: the clock measures whatever else the machine does.
"""

from __future__ import annotations

import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from google.protobuf.descriptor_pb2 import FileDescriptorSet

from registry.domain.contract import Mode, Source
from registry.engines.protobuf.comparison import compare
from registry.engines.protobuf.compiler import compile as compile_source
from registry.engines.protobuf.descriptors import Library
from tests.benchmarks.processes import Cost, medians

SCRIPTS = Path(sysconfig.get_path("scripts"))
LARGE = Path(__file__).resolve().parents[3] / "shared" / "bench" / "protobuf"
SMALL = {
    "old": 'syntax = "proto3";\npackage shop.v1;\nmessage Cart {\n  string id = 1;\n  int32 total = 2;\n}\n',
    "new": 'syntax = "proto3";\npackage shop.v1;\nmessage Cart {\n  string id = 1;\n}\n',
}
AS_OF = datetime(2026, 11, 22, tzinfo=UTC)
VERSIONS = 10


def processes(old: Path, new: Path, runs: int) -> Mapping[str, Cost]:
    """Both tools over two folders, and what an interpreter costs that does nothing."""
    commands: dict[str, tuple[Sequence[str | Path], Path]] = {
        "interlock diff": ((SCRIPTS / "interlock", "diff", old, new), new),
        "python -c pass": ((sys.executable, "-c", "pass"), new),
    }
    if (SCRIPTS / "buf").exists():
        commands["buf breaking"] = ((SCRIPTS / "buf", "breaking", ".", "--against", old), new)
    return medians(commands, runs)


def small(folder: Path) -> tuple[Path, Path]:
    """Two folders with one small file each."""
    for side, text in SMALL.items():
        (folder / side).mkdir()
        (folder / side / "cart.proto").write_text(text)
    return folder / "old", folder / "new"


def history(old: FileDescriptorSet, new: FileDescriptorSet, versions: int) -> list[bytes]:
    """Stored descriptor sets on the way from old to new: each takes over some more of the new files, imports first."""
    before = {file.name: file for file in old.file}
    changed = [file.name for file in new.file if before.get(file.name) != file]
    steps: list[bytes] = []
    for step in range(versions):
        taken = set(changed[: len(changed) * step // versions])
        files = [file if file.name in taken or file.name not in before else before[file.name] for file in new.file]
        steps.append(FileDescriptorSet(file=files).SerializeToString())
    return steps


def seconds_against(new: bytes, stored: Sequence[bytes]) -> float:
    """Processor seconds to compare one new descriptor set with stored ones, from bytes to findings."""
    start = time.process_time()
    library = Library()
    latest = library.read(new)
    for data in stored:
        compare(library.read(data), latest, mode=Mode.BACKWARD, as_of=AS_OF)
    return time.process_time() - start


def compiled(folder: Path) -> FileDescriptorSet:
    """The descriptor set of a folder."""
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.proto")}
    return compile_source(Source(files, "")).file_set


def report(runs: int) -> Iterator[str]:
    """The table, line by line."""
    with tempfile.TemporaryDirectory() as temporary:
        folders = {"one small file": small(Path(temporary))}
        if LARGE.is_dir():
            folders["aiplatform"] = (LARGE / "aiplatform_old", LARGE / "aiplatform_new")
        yield "| contract | command | wall s | processor s | peak MiB |"
        yield "| --- | --- | --- | --- | --- |"
        for name, (old, new) in folders.items():
            for command, cost in processes(old, new, runs).items():
                yield f"| {name} | {command} | {cost} |"
        for name, (old, new) in folders.items():
            latest = compiled(new)
            stored = history(compiled(old), latest, VERSIONS)
            data = latest.SerializeToString()
            one = min(seconds_against(data, stored[:1]) for _ in range(runs))
            ten = min(seconds_against(data, stored) for _ in range(runs))
            yield ""
            yield f"{name}, stored descriptor sets: {one * 1e3:.1f} ms for one version, {ten * 1e3:.1f} ms for {VERSIONS}"


if __name__ == "__main__":
    for line in report(int(sys.argv[1]) if len(sys.argv) > 1 else 7):
        sys.stdout.write(f"{line}\n")
