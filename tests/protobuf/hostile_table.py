"""Writes docs/hostile-protobuf.md: every hostile input, what came back, in which time and memory.

    python -m tests.protobuf.hostile_table

compiles each in a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from registry.domain.contract import Source
from registry.domain.errors import BadInput
from registry.engines.protobuf.compiler import compile as compile_source
from tests.protobuf.hostile import HOSTILE

PAGE = Path(__file__).resolve().parents[2] / "docs" / "hostile-protobuf.md"
HEAD = """\
# Hostile Protobuf input

What compiling a contract does with input that is meant to hurt, each in a process of its own: what came back, how long it took, and
the most memory of our process and of the compiler's child. An interpreter with the engine loaded has {idle} MiB before it begins.
Files that are refused before a compiler sees them start no child. `tests/protobuf/test_protobuf_compiler.py` asks for these answers
in every run; this page is written by `python -m tests.protobuf.hostile_table`.

| input | bytes | what came back | seconds | MiB | MiB of the child |
| --- | --- | --- | --- | --- | --- |
"""
_LONGEST = 160


def _measure(name: str) -> dict[str, Any]:
    """Compile one input in this process. Memory is in MiB."""
    files = HOSTILE[name][0]()
    start = time.perf_counter()
    try:
        compile_source(Source(files, ""))
        answer = "accepted"
    except BadInput as error:
        first = str(error).splitlines()[0]
        answer = f"{error.title}: {first if len(first) <= _LONGEST else f'{first[:_LONGEST]}…'}"
    return {
        "bytes": sum(map(len, files.values())),
        "answer": answer,
        "seconds": time.perf_counter() - start,
        "memory": _peak(resource.RUSAGE_SELF),
        "child": _peak(resource.RUSAGE_CHILDREN),
    }


def _peak(who: int) -> int:
    return resource.getrusage(who).ru_maxrss // 1024


def _row(name: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", __spec__.name, name], capture_output=True, text=True, check=True, cwd=PAGE.parents[1], timeout=120
    )
    found = json.loads(done.stdout)
    answer = found["answer"].replace("|", "\\|").replace("\n", " ")
    return f"| {name} | {found['bytes']:,} | {answer} | {found['seconds']:.2f} | {found['memory']} | {found['child'] or ''} |"


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.stdout.write(json.dumps(_measure(sys.argv[1])))
    else:
        rows = [_row(name) for name in HOSTILE]
        PAGE.write_text(HEAD.format(idle=_peak(resource.RUSAGE_SELF)) + "\n".join(rows) + "\n", "utf-8")
