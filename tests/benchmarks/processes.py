"""What a cold process costs: wall and processor seconds, and the most memory of any one of its processes."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True, order=True)
class Cost:
    """Seconds on the clock and of the processor, children included, and MiB."""

    wall: float
    processor: float
    memory: float

    def __str__(self) -> str:
        return f"{self.wall:.3f} | {self.processor:.3f} | {self.memory:.0f}"


def cost_of(command: Sequence[str | Path], folder: Path) -> Cost:
    """Run a command whose output is thrown away."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, used = os.wait4(process.pid, 0)
    process.returncode = 0
    return Cost(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def medians(commands: Mapping[str, tuple[Sequence[str | Path], Path]], runs: int) -> dict[str, Cost]:
    """The medians of commands that take turns, so that a busy machine is busy for all of them."""
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, (command, folder) in commands.items():
            costs[name].append(cost_of(command, folder))
    return {name: _median(rows) for name, rows in costs.items()}


def _median(rows: Sequence[Cost]) -> Cost:
    def of(values: Iterator[float]) -> float:
        return median(values)

    return Cost(of(row.wall for row in rows), of(row.processor for row in rows), max(row.memory for row in rows))
