"""How long it takes to say whether one Avro schema reads another, beside Apache's own library for Python where it is installed.

    ci/dev python -m tests.benchmarks.avro [--rounds 200]

CPU time of this process, schemas parsed. For the peer: `pip install --target DIR avro`, and PYTHONPATH=DIR before the command.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from registry.domain.contract import Mode
from registry.engines.avro.building import schema_of
from registry.engines.avro.comparison import catalogue, compare
from registry.engines.avro.resolution import incompatibilities

CONFORMANCE = Path(__file__).parents[3] / "shared" / "conformance" / "avro-compatibility" / "cases.json"

Pair = tuple[Any, Any]
"""The JSON of a reader and of a writer."""
Prepared = Callable[[], Any]


@dataclass(frozen=True)
class Figure:
    """Microseconds of one check: the median over some pairs, and the slowest of them."""

    what: str
    tool: str
    pairs: int
    median: float
    slowest: float


def examples() -> list[Pair]:
    """What the rules show: small schemas, most of which break in one direction."""
    texts = [text for rule in catalogue() for text in ((rule.breaks.new, rule.breaks.old), (rule.fine.new, rule.fine.old))]
    return [(yaml.safe_load(reader), yaml.safe_load(writer)) for reader, writer in texts]


def conformance() -> list[Pair]:
    """Karapace's public cases, where they are at hand."""
    if not CONFORMANCE.exists():
        return []
    return [(case["reader"], case["writer"]) for case in json.loads(CONFORMANCE.read_text())]


def nested(levels: int) -> list[Pair]:
    """Records inside each other, of which the innermost field is promoted."""
    return [(_nest(levels, "long"), _nest(levels, "int"))]


def _nest(levels: int, leaf: str) -> Any:
    found: Any = leaf
    for level in range(levels):
        fields = [{"name": "id", "type": "string"}, {"name": "inner", "type": found}]
        found = {"type": "record", "name": f"Record{level}", "fields": fields}
    return found


def check(reader: Any, writer: Any) -> Prepared:
    """Whether a reader reads a writer, and where not."""
    return partial(incompatibilities, schema_of(reader), schema_of(writer))


def comparison(reader: Any, writer: Any) -> Prepared:
    """Every change in both directions, with rules, elements and witnesses."""
    return partial(compare, schema_of(writer), schema_of(reader), subject="Event", mode=Mode.FULL)


def peer() -> Callable[[Any, Any], Prepared] | None:
    """The same question to Apache's library, if it is installed."""
    try:
        from avro.compatibility import ReaderWriterCompatibilityChecker  # pyright: ignore[reportMissingImports]
        from avro.schema import make_avsc_object  # pyright: ignore[reportMissingImports]
    except ImportError:
        return None

    def prepare(reader: Any, writer: Any) -> Prepared:
        # One of Karapace's cases has an enum whose default is no symbol; it is about resolution all the same.
        parsed = [make_avsc_object(schema, validate_enum_symbols=False) for schema in (reader, writer)]
        return lambda: ReaderWriterCompatibilityChecker().get_compatibility(*parsed)

    return prepare


def measure(rounds: int) -> Iterator[Figure]:
    """The figures, by kind of pair and by tool."""
    pairs = {
        "examples of the rules": examples(),
        "Karapace's cases": conformance(),
        "10 nested records": nested(10),
        "100 nested records": nested(100),
    }
    tools = {"check": check, "compare": comparison, "avro": peer()}
    for what, some in pairs.items():
        for tool, prepare in tools.items():
            if some and prepare is not None:
                times = [_microseconds(prepare(*pair), rounds) for pair in some]
                yield Figure(what, tool, len(some), statistics.median(times), max(times))


def _microseconds(call: Prepared, rounds: int) -> float:
    call()
    before = time.process_time_ns()
    for _ in range(rounds):
        call()
    return (time.process_time_ns() - before) / rounds / 1_000


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=200)
    rounds: int = parser.parse_args().rounds
    sys.stdout.write("| pairs | how many | tool | median | slowest |\n| --- | --- | --- | --- | --- |\n")
    for figure in measure(rounds):
        row = f"| {figure.what} | {figure.pairs} | {figure.tool} | {figure.median:.1f} us | {figure.slowest:.1f} us |\n"
        sys.stdout.write(row)
    if peer() is None:
        sys.stdout.write("\nApache's library (avro) is not installed: no peer beside it.\n")


if __name__ == "__main__":
    main()
