"""Revisions are sets of exact bytes."""

from __future__ import annotations

import hashlib

import pytest

from registry.domain.contract import Source
from registry.domain.errors import NotFound, StateConflict
from registry.storage.database import Database
from tests.storage.test_history_is_immutable import NOW


def test_bytes_come_back_exactly(database: Database) -> None:
    """Line ends, BOM and trailing blanks are part of what was published."""
    source = Source({"a/b.yaml": b"\xef\xbb\xbfa: 1\r\n  \n", "a.json": b"\x00\xff"}, "a/b.yaml")
    assert database.write(lambda store: store.revisions.put(source, NOW)) is True
    with database.read() as store:
        assert store.revisions.source(source.digest, "a/b.yaml") == source


def test_the_same_content_is_one_revision(database: Database) -> None:
    """The order in which files are given does not matter, and nothing is written twice."""
    one = Source({"a": b"1", "b": b"2"}, "a")
    other = Source({"b": b"2", "a": b"1"}, "a")
    assert database.write(lambda store: store.revisions.put(one, NOW)) is True
    assert database.write(lambda store: store.revisions.put(other, NOW)) is False


def test_the_digest_is_reproducible_by_hand() -> None:
    """SHA-256 over sorted `path NUL digest LF` lines, so that anyone can check a revision with sha256sum."""
    lines = "".join(f"{path}\0{hashlib.sha256(data).hexdigest()}\n" for path, data in [("a", b"1"), ("b", b"2")])
    assert Source({"b": b"2", "a": b"1"}, "").digest == hashlib.sha256(lines.encode()).hexdigest()


def test_an_unknown_revision_is_not_found(database: Database) -> None:
    """Asking for what was never published is an error with the digest in it."""
    with database.read() as store, pytest.raises(NotFound) as caught:
        store.revisions.source("0" * 64, "a")
    assert caught.value == NotFound("revision", "0" * 64)


def test_a_reading_transaction_leaves_nothing_behind(database: Database) -> None:
    """What a reader writes by mistake is rolled back."""
    source = Source({"a": b"1"}, "a")
    with database.read() as store:
        store.revisions.put(source, NOW)
    with database.read() as store, pytest.raises(NotFound):
        store.revisions.source(source.digest, "a")


def test_bytes_that_were_purged_do_not_come_back(database: Database) -> None:
    """A new revision that holds purged bytes is refused: the purge was a legal act."""
    database.write(lambda store: store.revisions.put(Source({"a": b"secret"}, "a"), NOW))
    database.write(lambda store: store.revisions.purge(hashlib.sha256(b"secret").hexdigest(), NOW))
    with pytest.raises(StateConflict, match="purged"):
        database.write(lambda store: store.revisions.put(Source({"b": b"secret"}, "b"), NOW))
