"""Hostile schemas: answered within the budget, and no step of it stands for more work than any other."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

from registry.engines.jsonschema.inclusion import BUDGET, No, Unknown, Yes, included, searched
from registry.engines.jsonschema.logic.formula import Formulas
from registry.engines.jsonschema.logic.search import Search
from registry.engines.jsonschema.logic.translate import Translator
from registry.engines.jsonschema.logic.twins import Twins
from tests.jsonschema.hostile_schemas import Pair, overlapping_types, pairs, pigeons
from tests.jsonschema.support import schema

PAIRS = {pair.what: pair for pair in pairs()}
SMALL = {what: pair for what, pair in PAIRS.items() if "2,000" not in what and pair.expected != "unknown"}
KINDS = {"yes": Yes, "no": No, "unknown": Unknown}
MOST_CALLS_OF_A_STEP = 60
MOST_CALLS_OF_READING = 40_000
"""A schema is translated when the search first looks into it; that is linear in its size and takes no steps."""


@contextmanager
def counted() -> Iterator[list[int]]:
    """The number of Python functions called inside, as a measure of work that is the same in every run."""
    calls = [0]

    def count(_: FrameType, event: str, __: object) -> None:
        calls[0] += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield calls
    finally:
        sys.setprofile(before)


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS.keys())
def test_hostile_schemas_are_answered(pair: Pair) -> None:
    """Each pair has an answer, the right one where the engine can know it; giving up says why."""
    answer = included(schema(pair.writer), schema(pair.reader))
    assert pair.expected == "any" or isinstance(answer, KINDS[pair.expected])
    assert not isinstance(answer, Unknown) or answer.construct


@pytest.mark.parametrize("pair", SMALL.values(), ids=SMALL.keys())
def test_a_step_is_a_bounded_piece_of_work(pair: Pair) -> None:
    """Whatever is searched for, the work is no more than the budget's steps allow."""
    translator = Translator(Formulas(), Twins())
    search = Search(translator.formulas, translator.samples, lenient=False)
    writer, reader = translator.formula(schema(pair.writer)), translator.formula(schema(pair.reader))
    with counted() as calls:
        searched(search, writer, reader)
    assert calls[0] <= MOST_CALLS_OF_A_STEP * BUDGET + MOST_CALLS_OF_READING


@pytest.mark.parametrize("budget", [100, 1_000])
def test_a_smaller_budget_is_less_work(budget: int) -> None:
    """The work of a search that does not end falls with its budget, and asking again costs nothing."""
    for value in (overlapping_types(12), pigeons(8)):
        translator = Translator(Formulas(), Twins())
        search = Search(translator.formulas, translator.samples, lenient=False)
        writer, reader = translator.formula(schema(value)), translator.formula(schema(overlapping_types(12, changed=3)))
        with counted() as calls:
            searched(search, writer, reader, budget)
        first = calls[0]
        with counted() as calls:
            searched(search, writer, reader, budget)
        assert first <= MOST_CALLS_OF_A_STEP * budget + MOST_CALLS_OF_READING
        assert calls[0] < 20


def test_asking_leaves_the_recursion_limit_alone() -> None:
    """Schemas nested as deep as documents may be are searched on a stack of our own."""
    before = sys.getrecursionlimit()
    for pair in SMALL.values():
        included(schema(pair.writer), schema(pair.reader), budget=500)
    assert sys.getrecursionlimit() == before
