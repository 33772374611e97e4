"""A long differential test against buf: edits of real contracts, judged by both in every category.

    python -m tests.protobuf.differential 1000 [SEED]

prints how many edits of which kind were compared, how many findings they had, and every disagreement.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from registry.domain.contract import Mode, Source
from registry.domain.errors import BadInput
from registry.domain.policy import ProtobufPolicy
from registry.engines.protobuf.comparison import compare
from registry.engines.protobuf.compiler import compile as compile_source
from registry.engines.protobuf.selection import Category
from tests.protobuf.conftest import BUF, Buf, BufRefuses
from tests.protobuf.corpus import corpora
from tests.protobuf.real_edits import Contract, edited
from tests.protobuf.support import AS_OF, Annotation, annotations

_MOST_TRIES = 200


@dataclass(frozen=True)
class Edit:
    """An edit that compiles: of which contract, of which kind, and the texts before and after."""

    corpus: str
    kind: str
    old: Mapping[str, str]
    new: Mapping[str, str]


@dataclass(frozen=True)
class Outcome:
    """What both found, by category. A finding is (rule, path, start, end)."""

    edit: Edit
    ours: Mapping[str, frozenset[Annotation]]
    theirs: Mapping[str, frozenset[Annotation]]

    @property
    def disagreements(self) -> list[str]:
        """Words for every finding of one side alone."""
        return [
            f"{category}: only {side}: {finding}"
            for category in self.ours
            for side, mine, other in (("ours", self.ours, self.theirs), ("buf", self.theirs, self.ours))
            for finding in sorted(mine[category] - other[category])
        ]


def edits(seed: int) -> Iterator[Edit]:
    """Edits that compile, without end; the same for the same seed."""
    random = Random(seed)
    names = sorted(corpora())
    while True:
        name = random.choice(names)
        contract = _contract(name)
        for _ in range(_MOST_TRIES):
            kind, texts = edited(contract, random)
            if texts != contract.texts and _compiles(texts):
                yield Edit(name, kind, contract.texts, texts)
                break


def judge(edit: Edit, buf: Buf) -> Outcome:
    """Both sides' findings. buf is asked once for all categories; which rules belong to which, it says itself."""
    old, new = _contract(edit.corpus).compiled, compile_source(_source(edit.new))
    found = buf.breaking(edit.old, edit.new)
    ours = {
        category: compare(old, new, mode=Mode.BACKWARD, as_of=AS_OF, policy=ProtobufPolicy(use=(category,)))
        for category in Category
    }
    return Outcome(
        edit,
        {category: frozenset(annotations(comparison)) for category, comparison in ours.items()},
        {category: frozenset(item for item in found if item[0] in _rules(category)) for category in Category},
    )


def _main(wanted: int, seed: int) -> int:
    kinds, findings, bad = Counter[str](), 0, 0
    stream = edits(seed)
    for number in range(wanted):
        edit, outcome = _judged(stream)
        kinds[edit.kind] += 1
        findings += len(frozenset().union(*outcome.theirs.values()))
        if outcome.disagreements:
            bad += 1
            sys.stdout.write("\n  ".join([f"edit {number}, {edit.kind} in {edit.corpus}:", *outcome.disagreements]) + "\n")
    counted = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    sys.stdout.write(f"{wanted} edits ({counted}) with {findings} findings of buf: {wanted - bad} judged alike, {bad} not.\n")
    return 1 if bad else 0


def _judged(stream: Iterator[Edit]) -> tuple[Edit, Outcome]:
    """The next edit that buf compiles as well: now and then the two compilers disagree about an option."""
    for edit in stream:
        with tempfile.TemporaryDirectory() as folder, suppress(BufRefuses):
            return edit, judge(edit, Buf(Path(folder)))
    raise AssertionError("there are edits without end")


@cache
def _contract(name: str) -> Contract:
    texts = corpora()[name]
    return Contract(texts, compile_source(_source(texts)))


def _compiles(texts: Mapping[str, str]) -> bool:
    try:
        compile_source(_source(texts))
    except BadInput:
        return False
    return bool(texts)


def _source(texts: Mapping[str, str]) -> Source:
    return Source({name: text.encode() for name, text in texts.items()}, "")


def _rules(category: str) -> frozenset[str]:
    return frozenset(rule for rule, categories in _listed(BUF).items() if category in categories)


@cache
def _listed(executable: Path) -> Mapping[str, frozenset[str]]:
    """Every rule of buf with the categories that it stands in."""
    command = [executable, "config", "ls-breaking-rules", "--version", "v2", "--format", "json"]
    rows = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.splitlines()
    return {row["id"]: frozenset(row["categories"]) for row in map(json.loads, rows)}


if __name__ == "__main__":
    sys.exit(_main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000, int(sys.argv[2]) if len(sys.argv) > 2 else 1))
