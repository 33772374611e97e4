"""Laws of parameters that are one object on paper and several parameters on the wire."""

from __future__ import annotations

import pytest

from registry.domain.change import HttpWitness
from registry.domain.contract import Mode
from registry.domain.verdict import Severity
from tests.openapi.support import differences, found, severities

LIMIT = "{name: limit, in: query, schema: {type: integer}}"
PAGE = "{name: page, in: query, required: true, schema: {type: integer}}"
OBJECT = "{{name: {}, in: query, required: true, schema: {{type: object, required: [page], properties: {}}}}}"
BOTH = OBJECT.format("paging", "{limit: {type: integer}, page: {type: integer}}")


def listing(*parameters: str) -> str:
    return f"GET /carts: {{parameters: [{', '.join(parameters)}]}}"


@pytest.mark.parametrize("mode", [Mode.BACKWARD, Mode.FORWARD, Mode.FULL])
def test_folding_parameters_into_an_exploded_object_changes_nothing(mode):
    """`limit=1&page=2` is written alike by two parameters and by one object of two properties, whatever its name."""
    assert not differences(listing(LIMIT, PAGE), listing(BOTH), mode).changes
    assert not differences(listing(BOTH), listing(LIMIT, PAGE), mode).changes
    assert not differences(listing(BOTH), listing(BOTH.replace("paging", "window")), mode).changes


def test_what_changes_while_folding_is_found_at_the_property():
    """A property that was a parameter has its type, its requiredness and its existence compared."""
    narrowed = OBJECT.format("paging", "{limit: {type: boolean}, page: {type: integer}}")
    change = found(listing(LIMIT, PAGE), listing(narrowed), "request-parameter-type-changed")
    assert change.elements == ("GET /carts request query limit",)
    assert change.new.path.endswith("/parameters/0/schema/properties/limit")
    fewer = OBJECT.format("paging", "{page: {type: integer}}")
    assert severities(differences(listing(LIMIT, PAGE), listing(fewer))) == {"request-optional-parameter-removed": Severity.RISKY}
    more = BOTH.replace("required: [page]", "required: [page, limit]")
    assert severities(differences(listing(LIMIT, PAGE), listing(more))) == {"request-parameter-became-required": Severity.BREAKING}


@pytest.mark.parametrize("other", ["style: deepObject, ", "explode: false, "])
def test_other_styles_carry_the_name(other):
    """`paging[limit]=1` and `paging=limit,1` are no parameters of their own."""
    folded = BOTH.replace("in: query, ", f"in: query, {other}")
    assert "request-required-parameter-added" in severities(differences(listing(LIMIT, PAGE), listing(folded)))


def test_an_object_of_one_name_is_compared_as_an_object():
    """Its properties are told as such, with documents."""
    wider = BOTH.replace("limit: {type: integer}", "limit: {type: boolean}")
    change = found(listing(BOTH), listing(wider), "request-parameter-type-changed")
    assert change.elements == ("GET /carts request query paging.limit",)


@pytest.mark.parametrize(
    ("style", "target"),
    [
        ("", "/carts?limit=1&page=2"),
        ("style: deepObject, ", "/carts?paging%5Blimit%5D=1&paging%5Bpage%5D=2"),
        ("explode: false, ", "/carts?paging=limit%2C1%2Cpage%2C2"),
    ],
)
def test_witnesses_write_parameters_as_they_travel(style, target):
    """The exchange that shows a change writes an object as its style has it."""
    said = BOTH.replace("in: query, ", f"in: query, {style}example: {{limit: 1, page: 2}}, ")
    old = f"GET /carts: {{parameters: [{said}]}}\nGET /orders: {{}}"
    witness = found(old, "GET /orders: {}", "path-removed").witness
    assert isinstance(witness, HttpWitness)
    assert witness.target == target


CONTENT = "{{name: {0}, in: {1}, content: {{{2}: {{schema: {3}}}}}}}"


@pytest.mark.parametrize(
    ("media_type", "schema", "breaks"),
    [
        ("text/plain", "{type: string}", False),
        ("text/plain", "{type: array, items: {type: string}}", True),
        ("application/json", "{type: string}", True),
    ],
)
@pytest.mark.parametrize("place", ["query", "header"])
def test_content_instead_of_a_schema_is_another_way_to_write(media_type, schema, breaks, place):
    """Plain text is a scalar as it is; JSON puts quotes around it, and a list has no one way to be plain text."""
    old = listing(f"{{name: note, in: {place}, schema: {schema}}}")
    new = listing(CONTENT.format("note", place, media_type, schema))
    for one, other in ((old, new), (new, old)):
        assert ("request-parameter-serialisation-changed" in severities(differences(one, other))) == breaks


def test_the_schema_of_content_is_compared():
    """A parameter that has `content` is narrowed like any other."""
    old, new = (listing(CONTENT.format("note", "query", "application/json", schema)) for schema in ("{}", "{type: object}"))
    assert found(old, new, "request-parameter-type-narrowed").severity is Severity.BREAKING
