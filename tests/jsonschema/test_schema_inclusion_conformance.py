"""Inclusion against the containment suite of the University of Passau."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import pytest

from registry.engines.jsonschema.dialect import DRAFT7, DRAFT202012
from registry.engines.jsonschema.inclusion import No, Unknown, Yes
from tests.jsonschema.support import ask

CASES = Path(__file__).parents[3] / "shared" / "conformance" / "jsonschema-inclusion" / "cases.json"
DIALECTS = {"draft7": DRAFT7, "draft2020-12": DRAFT202012}
VALIDATORS = {
    "draft7": (jsonschema.Draft7Validator, jsonschema_rs.Draft7Validator),
    "draft2020-12": (jsonschema.Draft202012Validator, jsonschema_rs.Draft202012Validator),
}
MOST_CONTRADICTED = 19
"""Stated truths that a document contradicts; their `$id`s were moved, or a word beside the one negated was kept."""

pytestmark = pytest.mark.skipif(not CASES.exists(), reason="the conformance data is not beside this checkout")


def questions() -> Iterator[tuple[str, str, Any, Any, bool]]:
    for case in json.loads(CASES.read_text()):
        pairs = ((case["schema1"], case["schema2"], case["s1_subset_s2"]), (case["schema2"], case["schema1"], case["s2_subset_s1"]))
        for number, (writer, reader, truth) in enumerate(pairs):
            if truth is not None:
                yield f"{case['id']} {number}", case["draft"], writer, reader, truth


def accepted(draft: str, schema: Any, document: Any) -> bool:
    """Whether both validators, made afresh and without our engine, accept; they must agree."""
    first, second = VALIDATORS[draft]
    answers = {first(schema).is_valid(document), second(schema, validate_formats=False).is_valid(document)}
    assert len(answers) == 1
    return answers.pop()


def contradicted(draft: str, writer: Any, reader: Any, answer: Yes | No) -> bool:
    """Whether a document shows that the stated truth is not what the schemas say."""
    if isinstance(answer, No):
        return accepted(draft, writer, answer.witness) and not accepted(draft, reader, answer.witness)
    return isinstance(writer, dict) and set(writer) == {"const"} and accepted(draft, reader, writer["const"])


def test_no_answer_is_wrong_and_most_questions_are_answered() -> None:
    """Every yes and no equals the stated truth, or a document that two validators confirm contradicts that truth."""
    asked: Counter[str] = Counter()
    decided: Counter[str] = Counter()
    wrong: list[str] = []
    contradictions: list[str] = []
    for name, draft, writer, reader, truth in questions():
        answer = ask(writer, reader, DIALECTS[draft])
        asked[draft] += 1
        if isinstance(answer, Unknown):
            continue
        decided[draft] += 1
        if isinstance(answer, Yes) is not truth:
            (contradictions if contradicted(draft, writer, reader, answer) else wrong).append(f"{name}: {answer}")
    assert wrong == []
    assert len(contradictions) <= MOST_CONTRADICTED
    shares = {draft: decided[draft] / asked[draft] for draft in asked}
    print({draft: f"{share:.2%}" for draft, share in shares.items()}, f"{len(contradictions)} truths contradicted by a document")  # noqa: T201
    assert min(shares.values()) >= 0.97
