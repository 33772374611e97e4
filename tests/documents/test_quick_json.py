"""The compiled reader of JSON and the exact one: whatever the first answers, the second answers too."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from registry.engines.documents.json_quick import read_quickly
from registry.engines.documents.json_text import read_exactly
from registry.engines.documents.limits import Limits
from tests.documents.support import JSON_VALUES

PIECES = st.sampled_from(
    [
        *(
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            " ",
            "\n",
            '"a"',
            '"b"',
            '"\\u0061"',
            "null",
            "true",
            "-",
            "0",
            "1",
            "12",
            ".5",
            "e1",
            "E+400",
        ),
        *(
            "e308",
            "9" * 40,
            "9" * 310,
            "NaN",
            "Infinity",
            '"\\ud83d\\ude00"',
            '"\\ud800"',
            '"\\u0000"',
            '"\\/"',
            '"\t"',
            "\ufeff",
            "1]",
        ),
        *('{"a":1,"a":2}', '{"a":1,"\\u0061":2}', "[[],{}]", "1.0", "-0", "-0.0", "1e-400", '"\x7f\u2028é"'),
    ]
)
NUMBERS = st.from_regex(r"-?(0|[1-9][0-9]{0,25})(\.[0-9]{1,25})?([eE][-+]?[0-9]{1,3})?", fullmatch=True)


def exact(value: Any) -> str:
    """A value as a text that tells 1 from 1.0 and 0.0 from -0.0, and keeps the order of members."""
    return repr(value)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(PIECES, max_size=9).map("".join)
    | NUMBERS
    | NUMBERS.map(lambda number: f'{{"a": [{number},{number}]}}')
    | JSON_VALUES.map(json.dumps)
    | JSON_VALUES.map(lambda value: json.dumps(value, ensure_ascii=False, indent=1))
)
@example('"\\ud800\\u0041"')
@example('"\\udc00\\ud800"')
@example("1,2")
@example("1],[2")
@example('{"a": 1.7976931348623159e308}')
@example("1" * 4_301)
def test_what_is_read_quickly_is_what_is_read_exactly(text: str) -> None:
    """The compiled reader either leaves a text to the exact one, or gives the very same value."""
    for value in read_quickly(text, Limits()):
        assert exact(value) == exact(read_exactly("a.json", text, Limits()))


@pytest.mark.parametrize("levels", [198, 199, 200, 201, 202])
@pytest.mark.parametrize(
    ("opened", "inside", "closed"), [("[", "", "]"), ("[", "1", "]"), ('{"a":', "{}", "}"), ('{"a":', "1", "}")]
)
def test_nesting_is_never_read_deeper_than_the_limit(levels: int, opened: str, inside: str, closed: str) -> None:
    """Around the bound, whatever the compiled reader takes is within it."""
    text = opened * levels + inside + closed * levels
    depth = levels + (1 if inside == "{}" else 0)
    assert not read_quickly(text, Limits()) or depth <= Limits().depth
    assert not read_quickly(text, Limits(depth=150))


def test_limits_are_left_to_the_exact_reader() -> None:
    """A text that may hold too many values is not parsed to find out."""
    assert read_quickly("[1,2]", Limits()) == [[1, 2]]
    assert read_quickly("[1,2]", Limits(nodes=2)) == []


@pytest.mark.parametrize(
    "text", ['{"a":1,"a":2}', "[1e999]", '"\\u0000"', '"\\udc00"', "[NaN]", "[1,]", "1 2", "", "9" * 4_301, "[" * 300 + "]" * 300]
)
def test_what_has_to_be_refused_is_left_to_the_exact_reader(text: str) -> None:
    """Only the exact reader knows the place of a fault, so every fault is its."""
    assert read_quickly(text, Limits()) == []


def test_a_real_document_is_read_quickly() -> None:
    """Ordinary contracts do not fall back: numbers, escapes and hashes in their texts raise no doubt."""
    value = {
        "info": {"version": "1.0.0"},
        "x": [1, 2.5, -3e2, 10**30, "550e8400-e29b-41d4", "\u00e9\U0001f600", "a\\u12"],
        "y": None,
    }
    assert read_quickly(json.dumps(value), Limits()) == [value]
