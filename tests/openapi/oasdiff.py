"""The public answers of oasdiff, and ours in the same shape: per pair of documents, the operations with a breaking change."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from registry.domain.change import Change, Comparison
from registry.domain.contract import Mode, Source
from registry.domain.verdict import Severity
from registry.engines.openapi import ApiContract, compare, parse

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "conformance" / "openapi-breaking"
AS_OF = datetime(2026, 11, 22, tzinfo=UTC)

Operation = tuple[str, str]
"""Method and path; `POST webhook:paid` for a webhook, two empty texts for the document as a whole."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents, and the operations in which oasdiff sees an error."""

    base: str
    revision: str
    theirs: frozenset[Operation]

    @property
    def name(self) -> str:
        return f"{self.base} -> {self.revision}"


def pairs() -> Iterator[Pair]:
    for entry in json.loads((FOLDER / "pairs.json").read_text()):
        errors = [change for change in entry["changes"] if change["level"] == "ERR"]
        theirs = frozenset((change["operation"] or "", change["path"] or "") for change in errors)
        yield Pair(entry["base"], entry["revision"], theirs)


def probes() -> list[dict[str, str]]:
    return json.loads((FOLDER / "probes.json").read_text()) if FOLDER.exists() else []


def read(path: str) -> ApiContract:
    file = FOLDER / path
    return parse(Source({file.name: file.read_bytes()}, file.name))


def compared(base: str, revision: str) -> Comparison:
    return compare(read(base), read(revision), mode=Mode.BACKWARD, as_of=AS_OF)


def breaking(comparison: Comparison) -> dict[Operation, list[Change]]:
    """The breaking changes of each operation."""
    found: dict[Operation, list[Change]] = {}
    for change in comparison.changes:
        if change.severity is Severity.BREAKING:
            for operation in {operation_of(change.rule, element) for element in change.elements}:
                found.setdefault(operation, []).append(change)
    return found


def operation_of(rule: str, element: str) -> Operation:
    if rule == "webhook-removed":
        return "", ""
    words = element.split(" ")
    return (words[2], f"webhook:{words[1]}") if words[0] == "webhook" else (words[0], words[1])
