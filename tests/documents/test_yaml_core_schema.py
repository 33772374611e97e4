"""Plain YAML scalars mean what the 1.2 core schema says, and keys are their text."""

from __future__ import annotations

import pytest

from registry.domain.change import Json
from registry.engines.documents.document import read

VALUES: dict[str, Json] = {
    **{
        text: text
        for text in ("no", "No", "on", "yes", "off", "y", "2020-01-01", "2020-01-01T10:00:00Z", "12:30:45", "1_000", "0b1")
    },
    **{
        text: text for text in ("0x", "0o8", "-0x1", "1e", ".", "1.2.3", ".e3", "1.2.3.4", "tRUE", "nULL", "1,000", "+", "0xg", "=")
    },
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    "0": 0,
    "-0": 0,
    "+12": 12,
    "017": 17,
    "0o17": 15,
    "0x1F": 31,
    "18446744073709551616": 18446744073709551616,
    "-9223372036854775809": -9223372036854775809,
    "1e3": 1000.0,
    "1.0": 1.0,
    "5.": 5.0,
    ".5": 0.5,
    "-1.5E-3": -0.0015,
    "'1'": "1",
    '"true"': "true",
    "! 1": "1",
    "!!str 1": "1",
    "!!int '3'": 3,
    "!!float 3": 3.0,
    "!!bool 'true'": True,
    "!!null ''": None,
    "!!map {}": {},
    "!!seq []": [],
    "|\n  a\n  b\n": "a\nb\n",
    ">-\n  a\n  b\n": "a b",
}


@pytest.mark.parametrize(("text", "value"), VALUES.items())
def test_scalars(text: str, value: Json) -> None:
    """A scalar has the value, and the type, that the core schema gives it."""
    assert repr(read("value.yaml", f"key: {text}".encode()).value) == repr({"key": value})


@pytest.mark.parametrize("key", ["200", "1e3", "true", "null", "on", "2020-01-01", "~", "0x10", "'<<'", "!!str 4", "''"])
def test_keys(key: str) -> None:
    """A key is its text, also where a value of that text would be a number, a boolean or null."""
    text = key.removeprefix("!!str ").strip("'")
    assert read("keys.yaml", f"{key}: 1".encode()).value == {text: 1}


def test_a_directive_for_this_version() -> None:
    """A file may say that it is YAML 1.2, and mark where its document starts and ends."""
    assert read("value.yaml", b"%YAML 1.2\n---\na: no\n...\n").value == {"a": "no"}
