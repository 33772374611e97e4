"""Laws of inclusion over random schemas."""

from __future__ import annotations

from typing import Any

import jsonschema
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.domain.verdict import Direction
from registry.engines.jsonschema.inclusion import No, Unknown, Yes
from tests.jsonschema.support import ask, findings

NAMES = st.sampled_from(["a", "b", "c"])
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-4, 8), st.sampled_from([0.5, 1.5, 2.25]), st.sampled_from(["", "a", "ab", "abc"])
)
DOCUMENTS = st.recursive(
    SCALARS, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=3)), max_leaves=6
)
LEAVES = st.one_of(
    st.booleans(),
    st.builds(
        lambda names: {"type": sorted(names)},
        st.sets(st.sampled_from(["null", "boolean", "integer", "number", "string", "array", "object"]), min_size=1, max_size=3),
    ),
    st.builds(lambda low: {"minimum": low}, st.integers(-3, 6)),
    st.builds(lambda high: {"exclusiveMaximum": high}, st.integers(-3, 6)),
    st.builds(lambda step: {"multipleOf": step}, st.sampled_from([1, 2, 3, 0.5])),
    st.builds(lambda low, more: {"minLength": low, "maxLength": low + more}, st.integers(0, 2), st.integers(0, 2)),
    st.builds(lambda pattern: {"pattern": pattern}, st.sampled_from(["^a", "b$", "^[ab]*$", "a{2}"])),
    st.builds(lambda values: {"enum": values}, st.lists(SCALARS, min_size=1, max_size=3)),
    st.builds(lambda name: {"required": [name]}, NAMES),
    st.builds(lambda count: {"minProperties": count}, st.integers(0, 2)),
    st.builds(lambda count: {"maxItems": count}, st.integers(0, 2)),
    st.just({"uniqueItems": True}),
)


def _grown(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(
        st.builds(lambda named: {"properties": named}, st.dictionaries(NAMES, inner, max_size=2)),
        st.builds(
            lambda named, rest: {"properties": named, "additionalProperties": rest},
            st.dictionaries(NAMES, inner, max_size=2),
            inner,
        ),
        st.builds(lambda rest: {"patternProperties": {"^a": rest}}, inner),
        st.builds(lambda items: {"items": items}, inner),
        st.builds(lambda first, rest: {"prefixItems": [first], "items": rest}, inner, inner),
        st.builds(lambda some: {"contains": some}, inner),
        st.builds(lambda parts: {"allOf": parts}, st.lists(inner, min_size=1, max_size=2)),
        st.builds(lambda parts: {"anyOf": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda parts: {"oneOf": parts}, st.lists(inner, min_size=1, max_size=2)),
        st.builds(lambda part: {"not": part}, inner),
        st.builds(lambda test, then: {"if": test, "then": then}, inner, inner),
        st.builds(
            lambda named, rest: {"anyOf": [{"properties": named}], "unevaluatedProperties": rest},
            st.dictionaries(NAMES, inner, max_size=2),
            inner,
        ),
    )


SCHEMAS = st.recursive(LEAVES, _grown, max_leaves=5)


@settings(max_examples=150, deadline=None)
@given(SCHEMAS, SCHEMAS, st.lists(DOCUMENTS, max_size=8))
def test_no_document_contradicts_an_answer(writer: Any, reader: Any, documents: list[Any]) -> None:
    """After a yes, no document fits the writer and not the reader; after a no, the witness does."""
    answer = ask(writer, reader)
    fits, admits = jsonschema.Draft202012Validator(writer), jsonschema.Draft202012Validator(reader)
    if isinstance(answer, Yes):
        assert [document for document in documents if fits.is_valid(document) and not admits.is_valid(document)] == []
    elif isinstance(answer, No):
        assert fits.is_valid(answer.witness)
        assert not admits.is_valid(answer.witness)
    else:
        assert isinstance(answer, Unknown)
        assert answer.construct


@settings(max_examples=60, deadline=None)
@given(SCHEMAS, SCHEMAS)
def test_a_part_is_included_in_the_whole(one: Any, other: Any) -> None:
    """A conjunction is never outside its part, nor a part outside a disjunction."""
    assert not isinstance(ask({"allOf": [one, other]}, one), No)
    assert not isinstance(ask(one, {"anyOf": [one, other]}), No)


@settings(max_examples=60, deadline=None)
@given(SCHEMAS, SCHEMAS)
def test_comparing_neither_fails_nor_invents(one: Any, other: Any) -> None:
    """A schema compared with itself has no changes, and any two schemas compare, in either direction."""
    for direction in (Direction.BACKWARD, Direction.FORWARD):
        assert findings(one, one, direction) == []
        findings(one, other, direction)
