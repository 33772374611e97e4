"""Edits of real contracts, judged by buf and by us in every category; `tests.protobuf.differential` does a thousand."""

from __future__ import annotations

import itertools
from functools import cache

import pytest

from registry.domain.contract import Source
from registry.engines.protobuf.compiler import compile as compile_source
from tests.protobuf.conftest import Buf
from tests.protobuf.corpus import corpora
from tests.protobuf.differential import Edit, edits, judge
from tests.protobuf.real_edits import EDITS

COUNT = 40


@cache
def _edits() -> tuple[Edit, ...]:
    return tuple(itertools.islice(edits(seed=20261122), COUNT))


@pytest.mark.parametrize("number", range(COUNT))
def test_an_edit_is_judged_as_buf_judges_it(number: int, buf: Buf) -> None:
    """The same rules at the same places, from start to end, in FILE, PACKAGE, WIRE_JSON, WIRE and CSR."""
    edit = _edits()[number]
    assert judge(edit, buf).disagreements == [], f"{edit.kind} in {edit.corpus}"


def test_every_kind_of_edit_is_among_them() -> None:
    """Rename, delete, renumber, retype, reserve and move."""
    assert {edit.kind for edit in _edits()} == set(EDITS)


def test_the_corpus_compiles() -> None:
    """Edits start from sound contracts."""
    for texts in corpora().values():
        compile_source(Source({name: text.encode() for name, text in texts.items()}, ""))
