"""Laws of inclusion over random schemas of every draft."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.domain.errors import BadReference
from registry.domain.verdict import Direction
from registry.engines.jsonschema.dialect import DRAFT202012, Dialect
from registry.engines.jsonschema.inclusion import No, Reading, Unknown, Yes, included
from registry.engines.jsonschema.judges import Judges
from tests.jsonschema.random_schemas import DIALECTS, DOCUMENTS, movable_schemas, neighbours, schemas
from tests.jsonschema.support import ask, findings, schema

SOME = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
MOVABLE = movable_schemas(DRAFT202012)


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda each: each.name)
@SOME
@given(data=st.data(), reading=st.sampled_from(Reading))
def test_no_document_contradicts_an_answer(dialect: Dialect, data: st.DataObject, reading: Reading) -> None:
    """After a yes, no document fits the writer and not the reader; after a no, the witness does; giving up says why."""
    pairs = st.one_of(neighbours(dialect), st.tuples(schemas(dialect), schemas(dialect)))
    writer, reader = (schema(value, dialect) for value in data.draw(pairs))
    documents = data.draw(st.lists(DOCUMENTS, max_size=8))
    fits, admits = Judges(writer), Judges(reader)
    answer = included(writer, reader, reading=reading)
    if isinstance(answer, No):
        assert fits.accept(answer.witness) is True
        assert admits.accept(answer.witness) is False
    elif isinstance(answer, Unknown):
        assert answer.construct
    elif reading is Reading.STRICT:
        assert [document for document in documents if fits.accept(document) is True and admits.accept(document) is False] == []


@SOME
@given(neighbours(DRAFT202012))
def test_the_lenient_reading_forgives_and_never_accuses(pair: tuple[Any, Any]) -> None:
    """What is included strictly is included leniently."""
    writer, reader = (schema(value) for value in pair)
    if isinstance(included(writer, reader), Yes):
        assert not isinstance(included(writer, reader, reading=Reading.LENIENT), No)


@SOME
@given(MOVABLE, MOVABLE)
def test_a_part_is_included_in_the_whole(one: Any, other: Any) -> None:
    """A conjunction is never outside its part, nor a part outside a disjunction."""
    assert not isinstance(ask({"allOf": [one, other]}, one), No)
    assert not isinstance(ask(one, {"anyOf": [one, other]}), No)


@SOME
@given(neighbours(DRAFT202012))
def test_comparing_neither_fails_nor_invents(pair: tuple[Any, Any]) -> None:
    """A schema compared with itself has no changes; any two compare in either direction, or name a reference that leads nowhere."""
    one, other = pair
    for direction in (Direction.BACKWARD, Direction.FORWARD):
        with contextlib.suppress(BadReference):
            assert findings(one, one, direction) == []
            findings(one, other, direction)
