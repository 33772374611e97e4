"""OpenAPI, beside oasdiff: cold processes on real documents, where the time goes, and what it grows with.

    python -m tests.benchmarks.openapi [RUNS [PLOT.svg]]

Needs `../shared/bench/openapi`; says so where it is not there. oasdiff is measured when it is on PATH
(`go install github.com/oasdiff/oasdiff@latest`). Trust processor seconds and ratios: the clock measures whatever else the machine
does.
"""

from __future__ import annotations

import json
import lzma
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cli.garbage import uncollected
from registry.domain.contract import Mode, Source
from registry.engines.documents.document import read
from registry.engines.documents.limits import Limits
from registry.engines.documents.placing import place
from registry.engines.openapi import ApiContract, compare, parse
from registry.engines.openapi.perspective import perspectives
from registry.engines.openapi.schemas import SchemaChanges
from registry.engines.openapi.walk import pair
from tests.benchmarks.plot import Line, plotted
from tests.benchmarks.processes import Cost, medians

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "bench" / "openapi"
INTERLOCK = Path(sysconfig.get_path("scripts")) / "interlock"
PAIRS = {
    "GitHub": ("github-api.base.json", "github-api.revision.json"),
    "Stripe": ("stripe.base.yaml", "stripe.revision.yaml"),
    "OpenAI": ("openai.base.yaml", "openai.revision.yaml"),
    "Adyen management": ("adyen-management-v1.json", "adyen-management-v3.json"),
}
SHARES = (10, 25, 50, 75, 100)
AS_OF = datetime(2026, 11, 22, tzinfo=UTC)


@contextmanager
def unpacked() -> Iterator[Mapping[str, tuple[Path, Path]]]:
    """The pairs as files in a folder that is gone afterwards; none where the documents are not there."""
    with tempfile.TemporaryDirectory() as folder:
        found: dict[str, tuple[Path, Path]] = {}
        for title, names in PAIRS.items():
            if all((FOLDER / f"{name}.xz").exists() for name in names):
                for name in names:
                    (Path(folder) / name).write_bytes(lzma.decompress((FOLDER / f"{name}.xz").read_bytes()))
                found[title] = (Path(folder) / names[0], Path(folder) / names[1])
        yield found


def commands(old: Path, new: Path) -> Mapping[str, Sequence[str | Path]]:
    """Both tools over two files; ours answers 1 where something breaks, and so it should."""
    found: dict[str, Sequence[str | Path]] = {"interlock diff": (INTERLOCK, "diff", "--format", "json", old, new)}
    peer = shutil.which("oasdiff")
    if peer:
        found["oasdiff changelog"] = (peer, "changelog", "--format", "json", old, new)
    return found


def costs(old: Path, new: Path, runs: int) -> Mapping[str, Cost]:
    """What each tool costs."""
    return medians({name: (command, new.parent) for name, command in commands(old, new).items()}, runs)


def entries(command: Sequence[str | Path]) -> int:
    """How many entries a tool lists."""
    answer: Any = json.loads(subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout)
    return len(answer) if isinstance(answer, list) else len(answer["changes"]) + len(answer["undecided"])


def phases(old: Path, new: Path) -> Mapping[str, float]:
    """Processor seconds of each part of a comparison in this process, what is imported already left out."""
    clock = _Clock()
    contracts = [_contract(path.name, path.read_bytes()) for path in (old, new)]
    clock.lap("read both")
    comparison = compare(*contracts, mode=Mode.BACKWARD, as_of=AS_OF)
    clock.lap("compare")
    place(comparison, {old.name: old.read_bytes()}, {new.name: new.read_bytes()})
    clock.lap("find lines and columns")
    return clock.laps


class _Clock:
    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.process_time()

    def lap(self, name: str) -> None:
        now = time.process_time()
        self.laps[name], self._last = now - self._last, now


def growth(old: bytes, new: bytes, names: tuple[str, str], shares: Sequence[int] = SHARES) -> Iterator[tuple[int, float]]:
    """(distinct pairs of schemas, processor seconds to compare) for the first so many per cent of the paths of two documents."""
    values: list[Any] = [read(name, data, Limits()).value for name, data in zip(names, (old, new), strict=True)]
    for share in shares:
        contracts = [_contract("sliced.json", json.dumps(_sliced(value, share)).encode()) for value in values]
        start = time.process_time()
        compare(*contracts, mode=Mode.BACKWARD, as_of=AS_OF)
        spent = time.process_time() - start
        yield _pairs(*contracts), spent


def _sliced(value: Any, share: int) -> Any:
    names = list(value["paths"])
    return {**value, "paths": {name: value["paths"][name] for name in names[: len(names) * share // 100]}}


def _pairs(old: ApiContract, new: ApiContract) -> int:
    changes = SchemaChanges(old, new, pair(old, new, AS_OF), perspectives(Mode.BACKWARD))
    list(changes.changes())
    return changes.pairs


def _contract(name: str, data: bytes) -> ApiContract:
    return parse(Source({name: data}, name), Limits())


def report(runs: int, plot: Path | None) -> Iterator[str]:
    """The tables, line by line; the plot goes to its file."""
    with unpacked() as pairs, uncollected():
        if not pairs:
            yield f"There are no documents to compare: {FOLDER.name} is not beside this checkout."
            return
        yield from _table(pairs, runs)
        yield from _phases(pairs)
        lines = [
            Line(name, sorted(growth(old.read_bytes(), new.read_bytes(), (old.name, new.name))))
            for name, (old, new) in pairs.items()
        ]
    yield "\n| contract | pairs of schemas, processor ms to compare |\n| --- | --- |"
    for line in lines:
        yield f"| {line.name} | {', '.join(f'{count:,}: {seconds * 1e3:.0f}' for count, seconds in line.points)} |"
    if plot is not None:
        plot.write_text(plotted(lines, across="distinct pairs of schemas", up="processor seconds to compare"), "utf-8")


def _table(pairs: Mapping[str, tuple[Path, Path]], runs: int) -> Iterator[str]:
    if not shutil.which("oasdiff"):
        yield "oasdiff is not on PATH, so it is not measured.\n"
    yield "| contract | command | wall s | processor s | peak MiB | entries |\n| --- | --- | --- | --- | --- | --- |"
    # All are measured before an answer is read: a child's peak memory is never told as less than this process has at its start.
    measured = {name: costs(old, new, runs) for name, (old, new) in pairs.items()}
    for name, found in measured.items():
        for command, line in commands(*pairs[name]).items():
            yield f"| {name} | {command} | {found[command]} | {entries(line):,} |"


def _phases(pairs: Mapping[str, tuple[Path, Path]]) -> Iterator[str]:
    measured = {name: phases(old, new) for name, (old, new) in pairs.items()}
    names = list(next(iter(measured.values())))
    yield f"\n| processor s | {' | '.join(names)} |\n| --- |{' --- |' * len(names)}"
    for name, laps in measured.items():
        yield f"| {name} | {' | '.join(f'{seconds:.2f}' for seconds in laps.values())} |"


if __name__ == "__main__":
    arguments = sys.argv[1:]
    for text in report(int(arguments[0]) if arguments else 5, Path(arguments[1]) if len(arguments) > 1 else None):
        sys.stdout.write(f"{text}\n")
