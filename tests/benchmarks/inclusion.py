"""How long inclusion takes: on the containment suite, on nested objects, on hostile schemas; beside jsonsubschema where installed.

    ci/dev python -m tests.benchmarks.inclusion [--rounds 5]

CPU time of this process for one call, schemas read and judges' validators included. For the peer: `pip install --target DIR
jsonsubschema`, and PYTHONPATH=DIR before the command; it answers without a document, and knows no recursion.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from registry.engines.jsonschema.dialect import DRAFT7, DRAFT202012, Dialect
from registry.engines.jsonschema.inclusion import No, Unknown, Yes, included
from tests.jsonschema.hostile_schemas import pairs
from tests.jsonschema.support import schema

CONFORMANCE = Path(__file__).parents[3] / "shared" / "conformance" / "jsonschema-inclusion" / "cases.json"
DIALECTS = {"draft7": DRAFT7, "draft2020-12": DRAFT202012}
WORDS = {Yes: "yes", No: "no", Unknown: "unknown"}
_PEER_SECONDS = 60.0
"""The peer is asked no further questions of a kind once it has taken so long."""


@dataclass(frozen=True)
class Question:
    """Whether every document of one schema is one of another."""

    writer: Any
    reader: Any
    dialect: Dialect = DRAFT202012


@dataclass(frozen=True)
class Figure:
    """Milliseconds of one question: the median over some, and the slowest of them; and what was answered how often."""

    what: str
    tool: str
    median: float
    slowest: float
    answers: str


def conformance(most: int | None = None) -> dict[str, list[Question]]:
    """The questions of the containment suite by draft, where it is at hand."""
    found: dict[str, list[Question]] = {}
    for case in json.loads(CONFORMANCE.read_text())[:most] if CONFORMANCE.exists() else ():
        one, other, draft = case["schema1"], case["schema2"], case["draft"]
        both = [Question(one, other, DIALECTS[draft]), Question(other, one, DIALECTS[draft])]
        found.setdefault(f"containment suite, {draft}", []).extend(both)
    return found


def ours(question: Question) -> str:
    """What the engine answers."""
    return WORDS[type(included(schema(question.writer, question.dialect), schema(question.reader, question.dialect)))]


def peer() -> Callable[[Question], str] | None:
    """The same question to jsonsubschema, if it is installed."""
    try:
        from jsonsubschema import isSubschema  # pyright: ignore[reportMissingImports]
    except ImportError:
        return None

    def ask(question: Question) -> str:
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                return "yes" if isSubschema(question.writer, question.reader) else "no"
        except (Exception, SystemExit):  # noqa: BLE001 - it raises whatever its parts raise, or ends the program when it cannot tell
            return "failed"

    return ask


def measure(rounds: int, most: int | None = None) -> Iterator[Figure]:
    """The figures by kind of question and by tool; with `most`, of the first cases of the suite and the small pairs only."""
    groups = conformance(most)
    groups |= {pair.what: [Question(pair.writer, pair.reader)] for pair in pairs() if most is None or "2,000" not in pair.what}
    for what, questions in groups.items():
        for tool, ask in (("interlock", ours), ("jsonsubschema", peer())):
            if ask is not None:
                yield _figure(what, tool, questions, ask, rounds)


def _figure(what: str, tool: str, questions: Sequence[Question], ask: Callable[[Question], str], rounds: int) -> Figure:
    times: list[float] = []
    answers: dict[str, int] = {}
    for question in questions:
        answer, spent = _asked(question, ask, rounds)
        answers[answer] = answers.get(answer, 0) + 1
        times.append(spent)
        if tool != "interlock" and sum(times) > _PEER_SECONDS * 1_000:
            break
    told = ", ".join(f"{count} {answer}" for answer, count in sorted(answers.items(), key=lambda item: -item[1]))
    return Figure(what, tool, statistics.median(times), max(times), told)


def _asked(question: Question, ask: Callable[[Question], str], rounds: int) -> tuple[str, float]:
    answer, best = "", float("inf")
    for _ in range(rounds):
        before = time.process_time_ns()
        answer = ask(question)
        best = min(best, (time.process_time_ns() - before) / 1_000_000)
    return answer, best


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    rounds: int = parser.parse_args().rounds
    sys.stdout.write("| question | tool | median | slowest | answers |\n| --- | --- | --- | --- | --- |\n")
    for figure in measure(rounds):
        sys.stdout.write(
            f"| {figure.what} | {figure.tool} | {figure.median:.3f} ms | {figure.slowest:.3f} ms | {figure.answers} |\n"
        )
        sys.stdout.flush()
    if peer() is None:
        sys.stdout.write("\njsonsubschema is not installed: no peer beside it.\n")


if __name__ == "__main__":
    main()
