"""Files of a megabyte that would cost gigabytes or hours: refused, or answered, within the time that a person waits."""

from __future__ import annotations

import json
from time import perf_counter

import pytest

from registry.domain.errors import LimitExceeded
from registry.engines.documents.document import read
from registry.engines.documents.limits import Limits

SECONDS = 5.0
"""Generous for a busy machine; without its bound each of these takes minutes, or all memory."""


def test_long_keys_above_many_values_are_refused() -> None:
    """A pointer repeats every key above it: 1 MB of a key above 20,000 values would be 20 GB of pointers."""
    key, values = "K" * 1_000_000, json.dumps({f"a{index}": {} for index in range(20_000)})
    for name, text in (("keys.json", f'{{"{key}": {values}}}'), ("keys.yaml", f"? {key}\n: {values}\n")):
        began = perf_counter()
        with pytest.raises(LimitExceeded, match="keys are too long"):
            read(name, text.encode())
        assert perf_counter() - began < SECONDS


def test_pointers_are_counted_together() -> None:
    """`/a`, `/a/b` and `/a/c` are ten characters: that many are allowed, and nine are not, in YAML as in JSON."""
    for name in ("few.json", "few.yaml"):
        read(name, b'{"a": {"b": 1, "c": 2}}', Limits(paths=10))
        with pytest.raises(LimitExceeded):
            read(name, b'{"a": {"b": 1, "c": 2}}', Limits(paths=9))
