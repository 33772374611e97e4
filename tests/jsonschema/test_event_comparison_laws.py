"""Laws of comparing events over random schemas: spelling is no change, verdicts are inclusion's, modes add up."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.domain.change import Change, Comparison, DocumentWitness
from registry.domain.contract import Mode, Source
from registry.domain.verdict import Severity, Verdict
from registry.engines.jsonschema.contract import SchemaContract, parse
from registry.engines.jsonschema.dialect import DRAFT202012
from registry.engines.jsonschema.event_comparison import compare, compare_history
from registry.engines.jsonschema.inclusion import Included, No, Reading, Yes, included
from tests.jsonschema.random_schemas import movable_schemas
from tests.jsonschema.support import NOW

NAMES = st.sampled_from(["a", "b"])
SMALL = st.sampled_from(
    [True, False, {"type": "string"}, {"type": "integer"}, {"const": 1}, {"required": ["a"]}, {"minimum": 2}, {"maxLength": 1}]
)
WORDS = st.one_of(
    SMALL.map(lambda one: one if isinstance(one, dict) else {"items": one}),
    st.builds(lambda name, one: {"properties": {name: one}}, NAMES, SMALL),
    st.builds(lambda one: {"patternProperties": {"^a": one}}, SMALL),
    st.builds(lambda one: {"additionalProperties": one}, SMALL),
    st.builds(lambda one: {"unevaluatedProperties": one}, SMALL),
    st.builds(lambda one: {"propertyNames": one}, st.sampled_from([{"maxLength": 1}, {"const": "a"}, {"pattern": "^[ab]$"}])),
    st.builds(lambda name, other: {"dependentRequired": {name: [other]}}, NAMES, NAMES),
    st.builds(lambda name, one: {"dependentSchemas": {name: one}}, NAMES, SMALL),
    st.builds(lambda one, least: {"contains": one, "minContains": least}, SMALL, st.integers(0, 2)),
    st.builds(lambda one, most: {"contains": one, "maxContains": most}, SMALL, st.integers(1, 2)),
    st.builds(lambda one: {"items": one}, SMALL),
    st.builds(lambda one, other: {"prefixItems": [one, other]}, SMALL, SMALL),
    st.builds(lambda one: {"unevaluatedItems": one}, SMALL),
    st.builds(lambda one: {"not": one}, SMALL),
    st.builds(lambda union, one, other: {union: [one, other]}, st.sampled_from(["allOf", "anyOf", "oneOf"]), SMALL, SMALL),
    st.builds(lambda test, then, other: {"if": test, "then": then, "else": other}, SMALL, SMALL, SMALL),
)


def _revised(words: list[dict[str, Any]], before: list[dict[str, Any]], after: list[dict[str, Any]]) -> tuple[Any, Any]:
    common: dict[str, Any] = {word: value for part in words for word, value in part.items()}
    old, new = ({**common, **{word: value for part in side for word, value in part.items()}} for side in (before, after))
    return old, new


REVISIONS = st.builds(_revised, st.lists(WORDS, max_size=3), st.lists(WORDS, max_size=2), st.lists(WORDS, max_size=2))
"""Two schemas that share most of what they say."""
DRAFT = "https://json-schema.org/draft/2020-12/schema"
BACKWARD, FORWARD, FULL = Mode.BACKWARD, Mode.FORWARD, Mode.FULL


def contract(schema: Any, **files: Any) -> SchemaContract:
    """A contract of a schema of any value, and of files beside it."""
    whole = {"$schema": DRAFT, **(schema if isinstance(schema, dict) else {"allOf": [schema]})}
    texts = {"event.json": whole, **{f"{name}.json": value for name, value in files.items()}}
    return parse(Source({name: json.dumps(value).encode() for name, value in texts.items()}, "event.json"))


def compared(old: SchemaContract, new: SchemaContract, mode: Mode) -> tuple[Verdict, tuple[Change, ...]]:
    result = compare(old, new, subject="E", mode=mode, as_of=NOW)
    return result.verdict, result.changes


def used(first: Any, second: Any) -> dict[str, Any]:
    """A schema that uses two others, one of them twice."""
    return {"properties": {"x": first, "y": second}, "additionalProperties": {"anyOf": [first, {"type": "null"}, second]}}


def _ref(place: str) -> dict[str, str]:
    return {"$ref": place}


SPELLINGS: dict[str, Callable[[Any, Any], SchemaContract]] = {
    "inlined": lambda one, other: contract(used(one, other)),
    "renamed": lambda one, other: contract({**used(_ref("#/$defs/C"), _ref("#/$defs/D")), "$defs": {"D": other, "C": one}}),
    "moved": lambda one, other: contract(
        {**used(_ref("#/$defs/parts/$defs/A"), _ref("#/$defs/B")), "$defs": {"parts": {"$defs": {"A": one}}, "B": other}}
    ),
    "by another name": lambda one, other: contract(
        {**used(_ref("#/$defs/A"), _ref("#/$defs/B")), "$defs": {"A": _ref("#/$defs/C"), "B": other, "C": one}}
    ),
    "in a file beside": lambda one, other: contract(
        used(_ref("parts.json#/$defs/A"), _ref("parts.json#/$defs/B")), parts={"$defs": {"A": one, "B": other}}
    ),
    "in parts": lambda one, other: contract({"allOf": [used(one, other)]}),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
@settings(max_examples=25, deadline=None)
@given(movable_schemas(DRAFT202012), movable_schemas(DRAFT202012))
def test_another_spelling_is_no_change_in_any_mode(spelling: str, one: Any, other: Any) -> None:
    """Renaming or moving a definition, inlining it, or putting it into another file changes nothing."""
    old = contract({**used(_ref("#/$defs/A"), _ref("#/$defs/B")), "$defs": {"A": one, "B": other}})
    new = SPELLINGS[spelling](one, other)
    for left, right in ((old, new), (new, old)):
        assert compared(left, right, Mode.FULL_TRANSITIVE) == (Verdict.YES, ())


def asked(writer: SchemaContract, reader: SchemaContract, reading: Reading) -> Included:
    return included(writer.library.root, reader.library.root, reading=reading)


@settings(max_examples=120, deadline=None)
@given(REVISIONS)
def test_a_verdict_is_that_of_inclusion(sides: tuple[Any, Any]) -> None:
    """Under the lenient reading, a yes is never refuted, and what a document is said to break is never proved to fit."""
    old, new = (contract(side) for side in sides)
    for mode, writer, reader in ((BACKWARD, old, new), (FORWARD, new, old)):
        verdict, changes = compared(old, new, mode)
        answer = asked(writer, reader, Reading.LENIENT)
        if verdict is Verdict.YES and not any(change.severity is Severity.RISKY for change in changes):
            assert not isinstance(answer, No)
        if isinstance(answer, Yes):
            shown = [change for change in changes if isinstance(change.witness, DocumentWitness)]
            assert [change for change in shown if change.severity is Severity.BREAKING] == []


@settings(max_examples=80, deadline=None)
@given(REVISIONS)
def test_what_only_the_strict_reading_breaks_is_risky_and_says_so(sides: tuple[Any, Any]) -> None:
    """Where strict inclusion is proved nothing is said of it, and what is said of it never decides the verdict."""
    old, new = (contract(side) for side in sides)
    for mode, writer, reader in ((BACKWARD, old, new), (FORWARD, new, old)):
        strict = [change for change in compared(old, new, mode)[1] if "strict reading" in change.message]
        assert all(change.severity is Severity.RISKY and isinstance(change.witness, DocumentWitness) for change in strict)
        if isinstance(asked(writer, reader, Reading.STRICT), Yes):
            assert strict == []


@settings(max_examples=60, deadline=None)
@given(REVISIONS)
def test_modes_add_up(sides: tuple[Any, Any]) -> None:
    """Full is backward and forward, transitive looks at more releases and not otherwise at two, and none only classifies."""
    old, new = (contract(side) for side in sides)
    verdicts = {mode: compared(old, new, mode)[0] for mode in Mode}
    assert verdicts[FULL] is Verdict.all_of([verdicts[BACKWARD], verdicts[FORWARD]])
    assert all(verdicts[mode] is verdicts[Mode(mode.value.removesuffix("_transitive"))] for mode in Mode)
    assert compared(old, new, Mode.NONE) == compared(old, new, FULL)
    assert [verdicts[BACKWARD], verdicts[FORWARD]] == [compared(new, old, mode)[0] for mode in (FORWARD, BACKWARD)] or _promises(
        old, new
    )


def _promises(old: SchemaContract, new: SchemaContract) -> bool:
    """Whether rules that are no mirror of each other have spoken: a promise, or one that is capped for one side."""
    pairs = ((old, new), (new, old))
    rules = {change.rule for left, right in pairs for change in compared(left, right, FULL)[1]}
    return bool(rules & {"property-removed", "enum-value-added"})


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, max_size=3), st.lists(st.lists(WORDS, max_size=2), min_size=2, max_size=4), st.sampled_from(list(Mode)))
def test_a_history_in_one_pass_is_judged_as_pair_by_pair(common: list[Any], revisions: list[list[Any]], mode: Mode) -> None:
    """In every mode, comparing with all older versions at once gives the verdicts and the findings of comparing with each."""
    *history, new = (contract(_revised(common, words, [])[0]) for words in revisions)
    at_once = list(compare_history(history, new, subject="E", mode=mode, as_of=NOW))
    one_by_one = [compare(old, new, subject="E", mode=mode, as_of=NOW) for old in history]
    assert [result.verdict for result in at_once] == [result.verdict for result in one_by_one]
    assert [_told(result) for result in at_once] == [_told(result) for result in one_by_one]


def _told(result: Comparison) -> list[tuple[str, str, Severity]]:
    """What was found, without the documents: there may be others that show the same."""
    return [(change.rule, str(change.new), change.severity) for change in result.changes]
