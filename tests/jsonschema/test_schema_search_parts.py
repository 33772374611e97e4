"""The parts of the search that reason about texts and numbers, against brute force."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.engines.jsonschema.logic.numbers import NoNumber, NumberDemand, NumberUnknown, find_fraction, find_integer
from registry.engines.jsonschema.logic.regular import automaton_of
from registry.engines.jsonschema.logic.texts import NoText, TextDemand, find_text
from registry.engines.jsonschema.patterns import searches

ATOMS = st.sampled_from(["a", "b", "[ab]", "[^a]", ".", "(?:ab)", "(a|b)", r"\d", r"\w", "(?:a|)"])
PATTERNS = st.builds(
    lambda start, parts, end: start + "".join(parts) + end,
    st.sampled_from(["", "^"]),
    st.lists(
        st.builds(lambda atom, count: atom + count, ATOMS, st.sampled_from(["", "*", "+", "?", "{2}", "{0,1}", "{1,}"])), max_size=4
    ),
    st.sampled_from(["", "$"]),
)
TEXTS = ["".join(chars) for length in range(4) for chars in product("ab1", repeat=length)]


@settings(max_examples=150, deadline=None)
@given(PATTERNS)
def test_an_automaton_matches_what_the_linear_engine_matches(pattern: str) -> None:
    """Both engines accept the same short texts."""
    automaton = automaton_of(pattern)
    assert automaton is not None
    for text in TEXTS:
        states = automaton.closure(frozenset({automaton.first}), start=True, end=False)
        for char in text:
            states = automaton.step(states, ord(char))
        assert automaton.accepts(states, start=not text) is searches(pattern, text), (pattern, text)


@settings(max_examples=100, deadline=None)
@given(PATTERNS, PATTERNS, st.integers(0, 3), st.integers(0, 3))
def test_a_text_is_found_exactly_when_there_is_one(wanted: str, unwanted: str, least: int, most: int) -> None:
    """A text that is found fits, and "there is none" is never said when brute force finds one."""
    fitting = [
        text
        for text in TEXTS
        if least <= len(text) <= most and searches(wanted, text) is True and searches(unwanted, text) is False
    ]
    try:
        found = find_text(TextDemand(least, most, (wanted,), (unwanted,), frozenset()), lambda _: None)
    except NoText:
        assert fitting == []
    else:
        assert least <= len(found) <= most
        assert searches(wanted, found) is True
        assert searches(unwanted, found) is False


@pytest.mark.parametrize("pattern", ["(?=a)", r"(a)\1", r"\bword\b", r"\p{L}", "(?<!a)b", "a**", "[z-a]"])
def test_what_is_not_regular_is_not_read(pattern: str) -> None:
    """Look-around, back references, word boundaries and properties leave the pattern unread."""
    assert automaton_of(pattern) is None


NUMBERS = st.one_of(st.integers(-6, 6), st.sampled_from([Fraction(1, 2), Fraction(-5, 4), Fraction(9, 4)]))
STEPS = st.lists(st.sampled_from([1, 2, 3, Fraction(1, 2), Fraction(3, 4)]), max_size=2)


@settings(max_examples=200, deadline=None)
@given(NUMBERS, st.booleans(), NUMBERS, st.booleans(), STEPS, STEPS, st.frozensets(st.integers(-3, 3), max_size=3))
def test_numbers_are_found_exactly_when_there_are_some(
    low: Fraction,
    low_open: bool,
    high: Fraction,
    high_open: bool,
    steps: list[Fraction],
    missed: list[Fraction],
    excluded: frozenset[int],
) -> None:
    """Integers and fractions between two ends agree with a fine grid walked by brute force."""
    demand = NumberDemand(low, low_open, high, high_open, tuple(steps), tuple(missed), excluded)
    grid = [Fraction(number, 16) for number in range(-7 * 16, 7 * 16)]
    for find, wanted in ((find_integer, True), (find_fraction, False)):
        exists = any(demand.admits(number) for number in grid if (number.denominator == 1) is wanted)
        try:
            found = Fraction(find(demand))
        except NoNumber:
            assert not exists
        except NumberUnknown:
            pytest.fail("a bounded range was not settled")
        else:
            assert demand.admits(found)
            assert (found.denominator == 1) is wanted
