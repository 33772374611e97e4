"""Which changes surely show through to the schema around them: where the answer is yes, a search agrees."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.domain.verdict import Direction
from registry.engines.jsonschema.children import children
from registry.engines.jsonschema.dialect import DRAFT202012
from registry.engines.jsonschema.inclusion import Reading, Yes, included
from registry.engines.jsonschema.pair import SchemaPair
from registry.engines.jsonschema.sameness import Sameness
from registry.engines.jsonschema.showing import Showing
from registry.engines.jsonschema.view import view_of
from tests.jsonschema.support import NOW, library

OLD: Any = {"type": "object", "properties": {"kind": {"const": "cart"}, "n": {"type": "integer"}}, "required": ["kind", "n"]}
NEW: Any = {**OLD, "properties": {**OLD["properties"], "n": {"type": "integer", "minimum": 1}}}
TAGGED: Any = {"type": "object", "properties": {"kind": {"const": "order"}}, "required": ["kind"]}
NEVER: Any = {"type": "object", "properties": {"again": {"$ref": "#/$defs/never"}}, "required": ["again"]}


def around(*contexts: Any) -> tuple[Any, Any]:
    """Old and new schema, wrapped by each context in turn: a function of the schema inside."""
    old, new = OLD, NEW
    for context in contexts:
        old, new = context(old), context(new)
    defs = {"$defs": {"never": NEVER}}
    return {**old, **defs}, {**new, **defs}


def shows(old: Any, new: Any) -> bool:
    """Whether the change of every child shows through, backward; no child shows nothing."""
    sameness = Sameness()
    pair = SchemaPair(view_of(library(old, DRAFT202012).root), view_of(library(new, DRAFT202012).root), NOW, sameness)
    below = tuple(children(pair.old, pair.new, sameness))
    return bool(below) and all(Showing().through(pair, child, Direction.BACKWARD) for child in below)


PLAIN: dict[str, Any] = {
    "a property": lambda inside: {"properties": {"cart": inside}},
    "a required property beside another": lambda inside: {
        "type": "object",
        "properties": {"cart": inside, "id": {"type": "string"}},
        "required": ["cart", "id"],
        "additionalProperties": False,
    },
    "a list": lambda inside: {"type": "array", "items": inside, "minItems": 2},
    "a map": lambda inside: {"type": "object", "additionalProperties": inside},
    "a branch beside another type": lambda inside: {"anyOf": [{"type": "string"}, inside]},
    "a branch with a tag": lambda inside: {"oneOf": [TAGGED, inside]},
    "null beside it": lambda inside: {"properties": {"cart": {"anyOf": [{"type": "null"}, inside]}}},
}
"""Contexts in which a change is seen to show."""

NOT_PLAIN: dict[str, Any] = {
    "a branch that takes it too": lambda inside: {"anyOf": [{"type": "object"}, inside]},
    "an object that cannot exist": lambda inside: {
        "type": "object",
        "properties": {"cart": inside, "never": {"$ref": "#/$defs/never"}},
        "required": ["never"],
    },
    "a property that a pattern keeps out": lambda inside: {"properties": {"cart": inside}, "propertyNames": {"maxLength": 2}},
    "a list that has to be empty": lambda inside: {"items": inside, "maxItems": 0},
    "a list of constants": lambda inside: {"enum": [1], "properties": {"cart": inside}},
    "what is refused": lambda inside: {"not": inside},
}
"""Contexts that hide the change, or might."""


@pytest.mark.parametrize("context", PLAIN.values(), ids=PLAIN)
def test_plain_schemas_show_what_breaks_inside(context: Any) -> None:
    """In a plain context the answer is yes without a search, and the search says the same."""
    old, new = around(context)
    assert shows(old, new)
    assert not isinstance(included(library(old).root, library(new).root, reading=Reading.LENIENT), Yes)


@pytest.mark.parametrize("context", NOT_PLAIN.values(), ids=NOT_PLAIN)
def test_contexts_that_may_hide_a_change_are_left_to_the_search(context: Any) -> None:
    """What is not seen at once is not claimed."""
    assert not shows(*around(context))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*PLAIN.values(), *NOT_PLAIN.values()]), min_size=1, max_size=3))
def test_what_shows_at_every_step_breaks_the_whole(contexts: list[Any]) -> None:
    """A chain of places that each show it leads to a whole that is not included."""
    if all(shows(*around(*contexts[: count + 1])) for count in range(len(contexts))):
        old, new = around(*contexts)
        assert not isinstance(included(library(old).root, library(new).root, reading=Reading.LENIENT), Yes)
