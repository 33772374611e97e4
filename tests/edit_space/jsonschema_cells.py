"""Every edit of every word that the meta-schemas of JSON Schema name, and what is told of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any
from urllib.parse import urljoin

import jsonschema_specifications

from registry.domain.contract import Mode, Source
from registry.domain.verdict import Severity
from registry.engines.jsonschema.contract import SchemaContract, parse
from registry.engines.jsonschema.event_comparison import compare
from tests.edit_space.jsonschema_words import WAIVERS, WAIVERS_BY_DRAFT, WORDS

AS_OF = datetime(2026, 11, 22, tzinfo=UTC)
DRAFTS: Mapping[str, str] = {
    "draft-04": "http://json-schema.org/draft-04/schema",
    "draft-06": "http://json-schema.org/draft-06/schema",
    "draft-07": "http://json-schema.org/draft-07/schema",
    "2019-09": "https://json-schema.org/draft/2019-09/schema",
    "2020-12": "https://json-schema.org/draft/2020-12/schema",
}
MIRRORS: Mapping[str, str] = {
    "added": "removed",
    "removed": "added",
    "narrowed": "widened",
    "widened": "narrowed",
    "changed": "changed",
}
"""What an edit is called when the two documents change places."""


@dataclass(frozen=True)
class Cell:
    """One edit of one word in one draft."""

    word: str
    action: str
    draft: str

    @property
    def waiver(self) -> str:
        """Why the edit is no change; empty where it is one."""
        return WAIVERS.get(self.word) or WAIVERS_BY_DRAFT.get((self.word, self.draft), "")


Told = tuple[tuple[str, str], ...]
"""Rules and severities, in the order of their weight."""


@cache
def vocabulary(draft: str) -> frozenset[str]:
    """The words that the meta-schema of a draft names, and those of the vocabularies that it is made of."""
    uri = DRAFTS[draft]
    whole: Any = jsonschema_specifications.REGISTRY.contents(uri)
    parts = (jsonschema_specifications.REGISTRY.contents(urljoin(uri, part["$ref"])) for part in whole.get("allOf", ()))
    # Draft 4 explains `$ref` outside its meta-schema.
    return frozenset({"$ref"}.union(*(schema["properties"] for schema in (whole, *parts)))) - {"$schema"}


@cache
def cells() -> tuple[Cell, ...]:
    """Every edit, by word, action and draft."""
    found: list[Cell] = []
    for word, sample in WORDS.items():
        drafts = [draft for draft in DRAFTS if word in vocabulary(draft)]
        found.extend(Cell(word, action, draft) for action in ("added", "removed") for draft in drafts)
        actions = ("changed",) if sample.unordered else ("narrowed", "widened")
        found.extend(Cell(word, action, draft) for action in actions for draft in drafts if sample.of(draft).loose is not None)
    return tuple(found)


def sides(cell: Cell) -> tuple[SchemaContract, SchemaContract]:
    """The two contracts of an edit."""
    sample = WORDS[cell.word].of(cell.draft)
    without = {"$schema": DRAFTS[cell.draft], **sample.beside}
    loose = without if cell.action in ("added", "removed") else {**without, cell.word: sample.loose}
    tight = {**without, cell.word: sample.tight}
    backwards = cell.action in ("removed", "widened")
    return (_contract(tight), _contract(loose)) if backwards else (_contract(loose), _contract(tight))


@cache
def told(cell: Cell, mode: Mode) -> Told:
    """What is reported of an edit in one mode."""
    comparison = compare(*sides(cell), subject="E", mode=mode, as_of=AS_OF)
    rows = [(change.rule, str(change.severity)) for change in comparison.changes]
    return (*rows, *((question.rule, "unknown") for question in comparison.undecided))


def worst(told: Told) -> str:
    """The worst severity of some rows; `safe` for none."""
    order = ["unknown", *(str(severity) for severity in Severity)]
    return min((severity for _, severity in told), key=order.index, default="safe")


def _contract(value: Mapping[str, Any]) -> SchemaContract:
    return parse(Source({"event.json": json.dumps(value).encode()}, "event.json"))


def words_without_sample() -> Iterator[tuple[str, str]]:
    """Words of a draft that nobody edits."""
    yield from ((draft, word) for draft in DRAFTS for word in sorted(vocabulary(draft) - WORDS.keys()))
