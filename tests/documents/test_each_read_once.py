"""A document that is asked for again inside a command is the one that was read."""

from __future__ import annotations

from registry.engines.documents.document import each_read_once, read
from registry.engines.documents.limits import Limits


def test_the_same_bytes_under_the_same_name_are_read_once() -> None:
    """Inside, equal requests share one document; another name, other bytes and other limits are read for themselves."""
    with each_read_once():
        first = read("a.json", b'{"a": 1}')
        assert read("a.json", bytes(bytearray(b'{"a": 1}'))) is first
        assert read("b.json", b'{"a": 1}') is not first
        assert read("a.json", b'{"a": 2}') is not first
        assert read("a.json", b'{"a": 1}', Limits(nodes=100)) is not first


def test_nothing_is_kept_behind() -> None:
    """A service reads anew each time, and a later command does not see what an earlier one read."""
    with each_read_once():
        first = read("a.json", b"[]")
    with each_read_once():
        assert read("a.json", b"[]") is not first
    assert read("a.json", b"[]") is not read("a.json", b"[]")
