"""Every way in which JSON is refused, with the error and the line and column of what is wrong."""

from __future__ import annotations

import pytest

from registry.domain.errors import BadInput, DuplicateKey, LimitExceeded, Malformed, NotANumber, NotText
from registry.domain.location import Location, Position
from registry.engines.documents.document import read
from registry.engines.documents.limits import Limits

REFUSED = {
    "empty": (b"", Malformed, (1, 1), "empty"),
    "white space": (b" \n\n", Malformed, (1, 1), "empty"),
    "not UTF-8": (b'{"a":\n "\xff"}', NotText, (2, 3), "0xff"),
    "not UTF-8 behind a byte order mark": (b'\xef\xbb\xbf["\xc3\xa9\xff"]', NotText, (1, 4), "0xff"),
    "a surrogate in UTF-8": (b'["\xed\xa0\x80"]', NotText, (1, 3), "0xed"),
    "NUL": (b'["a",\n "\x00"]', NotText, (2, 3), "NUL"),
    "escaped NUL": (b'["a",\n "b\\u0000"]', NotText, (2, 4), "NUL"),
    "high surrogate": (b'["\\\\ud83d", "\\ud83d"]', NotText, (1, 14), "ud83d"),
    "low surrogate": (b'{"\\uDE00": 1}', NotText, (1, 3), "uDE00"),
    "surrogates the wrong way round": (b'["\\ude00\\ud83d"]', NotText, (1, 3), "ude00"),
    "unfinished": (b'{"a": [1,\n2', Malformed, (2, 2), "delimiter"),
    "trailing comma": (b'{"a": 1,\n}', Malformed, (2, 1), "property name"),
    "trailing text": (b"{}\n{}", Malformed, (2, 1), "Extra data"),
    "single quotes": (b"{'a': 1}", Malformed, (1, 2), "property name"),
    "comment": (b"[1] // one", Malformed, (1, 5), "Extra data"),
    "leading zero": (b"[012]", Malformed, (1, 3), "delimiter"),
    "line break in a string": (b'["a\nb"]', Malformed, (1, 4), "control character"),
    "duplicate key": (b'{"a": 1,\n "b": 2,\n "a": 3}', DuplicateKey, (3, 2), '"a"'),
    "duplicate key spelled otherwise": (b'{"b": [{"a": 1,\n "\\u0061": 1}]}', DuplicateKey, (2, 2), '"a"'),
    "duplicate key after the same key elsewhere": (b'{"a": {"a": {}, "b": "a"},\n"b": 1, "a": []}', DuplicateKey, (2, 9), '"a"'),
    "the first of several duplicates": (b'{"a": 1, "a":\n {"b": 1, "b": 2}}', DuplicateKey, (1, 10), '"a"'),
    "NaN": (b'["NaN",\n NaN]', NotANumber, (2, 2), "NaN"),
    "Infinity": (b'{"Infinity": Infinity}', NotANumber, (1, 14), "Infinity"),
    "-Infinity": (b"[1,\n-Infinity]", NotANumber, (2, 1), "-Infinity"),
    "beyond a float": (b"[0.00001e309,\n 1e309]", NotANumber, (2, 2), "1e309"),
    "too long an integer": (b"[12,\n" + b"1" * 5000 + b"]", LimitExceeded, (2, 1), "5000 digits"),
    "100,000 lists": (b"[" * 100_000, LimitExceeded, (1, 201), "200 levels"),
    "100,000 objects": (b'{"a":\n' * 100_000, LimitExceeded, (201, 1), "200 levels"),
    "one level too many": (b'{"[[": "\\"[\\\\",\n"a": ' + b"[" * 200 + b"]" * 200 + b"}", LimitExceeded, (2, 205), "200 levels"),
}


@pytest.mark.parametrize(("data", "error", "where", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_refused(data: bytes, error: type[BadInput], where: tuple[int, int], said: str) -> None:
    """Text that readers could understand differently, or not at all, is refused at its place."""
    with pytest.raises(BadInput) as caught:
        read("orders.json", data)
    assert type(caught.value) is error
    assert caught.value.place == Location("orders.json", "", Position(*where))
    assert said in caught.value.message


def test_as_deep_as_the_limit() -> None:
    """Brackets in strings are no levels, and what is exactly as deep as the limit is read."""
    data = b"[" * 199 + b'{"]": "[[[[\\"["}' + b"]" * 199
    assert read("deep.json", data).data == data


@pytest.mark.parametrize("text", ['[1, 2, 3, [ ], {}, {"a": ",[{"}]', '[[[[]]], [1, "[]", "{}"]]'])
def test_values_are_counted_exactly(text: str) -> None:
    """Every list, object, string, number and literal is one value; keys and empty insides are none."""
    read("few.json", text.encode(), Limits(nodes=8))
    with pytest.raises(LimitExceeded, match=r"holds 8 values; at most 7"):
        read("many.json", text.encode(), Limits(nodes=7))


def test_bytes_are_counted_first() -> None:
    """A file over the size limit is refused unread, whatever it contains."""
    with pytest.raises(LimitExceeded, match="12 bytes; at most 11"):
        read("large.json", b"\xff" * 12, Limits(bytes=11))


def test_a_limit_beyond_the_interpreter() -> None:
    """A depth limit that the interpreter cannot follow ends in an answer, not in a RecursionError."""
    with pytest.raises(LimitExceeded, match="interpreter"):
        read("deep.json", b"[" * 50_000 + b"]" * 50_000, Limits(depth=1_000_000))


def test_large_integers_are_exact() -> None:
    """Integers beyond 64 bits are neither floats nor errors, and fractions stay fractions."""
    value = read("numbers.json", b"[123456789012345678901234567890, -9223372036854775809, 1e3, 1.0, 0]").value
    assert repr(value) == "[123456789012345678901234567890, -9223372036854775809, 1000.0, 1.0, 0]"


def test_surrogate_pairs_are_characters() -> None:
    """Two escapes that belong together are one character, and an escaped backslash starts no escape."""
    assert read("text.json", b'["\\uD83D\\uDE00", "\\\\ud800", "\\\\u0000"]').value == ["\U0001f600", "\\ud800", "\\u0000"]


def test_messages_stay_short() -> None:
    """A key of megabytes is named by its beginning."""
    key = b'"' + b"k" * 1_000_000 + b'"'
    with pytest.raises(DuplicateKey) as caught:
        read("long.json", b"{" + key + b":1," + key + b":2}")
    assert len(caught.value.message) < 200
