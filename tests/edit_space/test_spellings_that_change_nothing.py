"""Rewritings that other checkers call breaking: each says the same as before, and breaks nobody."""

from __future__ import annotations

import pytest

from registry.domain.change import Comparison
from registry.domain.contract import Mode
from registry.domain.verdict import Severity
from tests.openapi.support import differences, severities


def both_ways(schema: str, more: str = "") -> str:
    """An operation that takes and gives a schema."""
    content = f"{{content: {{application/json: {{schema: {schema}}}}}, description: ok}}"
    return f"POST /carts: {{requestBody: {content}, responses: {{'200': {content}}}}}\n{more}"


def breaking(comparison: Comparison) -> set[str]:
    """The rules that break, in either direction of a full comparison."""
    return {rule for rule, severity in severities(comparison).items() if severity is Severity.BREAKING}


DEFINITIONS = "components: {schemas: {Sku: {type: string, minLength: 1}, Base: {type: object, properties: {sku: {type: string}}}}}"

REWRITTEN = {
    "a property moved into allOf": (
        "{type: object, properties: {sku: {type: string}, price: {type: number}}}",
        "{type: object, allOf: [{properties: {sku: {type: string}}}], properties: {price: {type: number}}}",
    ),
    "a property moved into a component of allOf": (
        "{type: object, properties: {sku: {type: string}, price: {type: number}}}",
        "{allOf: [{$ref: '#/components/schemas/Base'}, {properties: {price: {type: number}}}]}",
    ),
    "a single branch of oneOf": ("{type: string, minLength: 1}", "{oneOf: [{type: string, minLength: 1}]}"),
    "a single branch of anyOf by reference": ("{type: string, minLength: 1}", "{anyOf: [{$ref: '#/components/schemas/Sku'}]}"),
    "oneOf of consts for enum": ("{enum: [open, closed]}", "{oneOf: [{const: open}, {const: closed}]}"),
    "an enum of one for a const": ("{const: open}", "{enum: [open]}"),
    "types in a list for anyOf": ("{type: [string, 'null']}", "{anyOf: [{type: string}, {type: 'null'}]}"),
    "an equal pattern": ("{type: string, pattern: '^[0-9]+$'}", "{type: string, pattern: '^[0-9][0-9]*$'}"),
    "a reference for its text": ("{type: string, minLength: 1}", "{$ref: '#/components/schemas/Sku'}"),
    "bounds without an integer between them": ("{type: integer, minimum: 1}", "{type: integer, exclusiveMinimum: 0}"),
}


@pytest.mark.parametrize("name", REWRITTEN)
def test_a_rewritten_schema_breaks_nobody(name):
    """Neither who writes nor who reads it can tell the two apart, whichever of them is the old one."""
    one, other = (both_ways(schema, DEFINITIONS) for schema in REWRITTEN[name])
    assert breaking(differences(one, other, Mode.FULL)) == set()
    assert breaking(differences(other, one, Mode.FULL)) == set()


OF_3_0 = {
    "nullable": ("{type: string, nullable: true}", "{type: [string, 'null']}"),
    "exclusive bounds": (
        "{type: integer, minimum: 0, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: true}",
        "{type: integer, exclusiveMinimum: 0, exclusiveMaximum: 9}",
    ),
    "a nullable reference": ("{nullable: true, type: object, allOf: [{}]}", "{type: [object, 'null'], allOf: [{}]}"),
    "an example": ("{type: string, example: a}", "{type: string, examples: [a]}"),
}


@pytest.mark.parametrize("name", OF_3_0)
def test_moving_from_3_0_to_3_1_is_no_change(name):
    """The same schema in the words of the newer version, and back."""
    old, new = (
        f"openapi: {version}\n{both_ways(schema)}" for version, schema in zip(("3.0.3", "3.1.0"), OF_3_0[name], strict=True)
    )
    assert not differences(old, new, Mode.FULL).changes
    assert not differences(new, old, Mode.FULL).changes


@pytest.mark.parametrize("format_", ["int32", "int64"])
def test_an_integer_parameter_that_gains_a_format_breaks_nobody(format_):
    """A format is an annotation: it is told, and blocks nothing."""
    text = "GET /carts: {{parameters: [{{name: limit, in: query, schema: {{type: integer{}}}}}]}}"
    told = severities(differences(text.format(""), text.format(f", format: {format_}")))
    assert list(told) == ["request-parameter-format-added"]
    assert Severity.BREAKING not in told.values()


def test_a_status_that_becomes_a_range_breaks_nobody():
    """`2XX` describes 200 as 200 did."""
    text = "GET /carts: {{responses: {{'{}': {{description: ok, content: {{application/json: {{schema: {{type: string}}}}}}}}}}}}"
    assert severities(differences(text.format("200"), text.format("2XX"))) == {"response-status-range-widened": Severity.SAFE}


def test_a_renamed_path_parameter_is_no_removal():
    """Clients put a value there; what the document calls it they never send."""
    text = "GET /carts/{{{0}}}: {{parameters: [{{name: {0}, in: path, required: true, schema: {{type: string}}}}]}}"
    assert not differences(text.format("id"), text.format("cartId"), Mode.FULL).changes


@pytest.mark.parametrize(
    ("reference", "named"),
    [("#cart", "$anchor: cart, "), ("https://e.com/cart", "$id: https://e.com/cart, "), ("#/components/schemas/Cart", "")],
    ids=["anchor", "identifier", "pointer"],
)
def test_a_schema_is_found_by_whatever_names_it(reference, named):
    """References by anchor, by identifier and by pointer lead to the same schema, and so are no change of each other."""
    cart = "type: object, properties: {id: {type: string, maxLength: 5}}"
    plain = both_ways(f"{{{cart}}}")
    referring = both_ways(f"{{$ref: '{reference}'}}", f"components: {{schemas: {{Cart: {{{named}{cart}}}}}}}")
    assert not differences(plain, referring, Mode.FULL).changes
    assert "request-max-length-tightened" in severities(differences(plain, referring.replace("maxLength: 5", "maxLength: 4")))


def test_a_document_may_call_itself_by_its_own_address():
    """A reference through `$self` leads where one without an address leads, for schemas as for parameters."""
    text = """
openapi: 3.2.0
$self: https://e.com/api
POST /carts:
  parameters: [{{$ref: '{address}#/components/parameters/Limit'}}]
  requestBody: {{content: {{application/json: {{schema: {{$ref: '{address}#/components/schemas/Cart'}}}}}}}}
components:
  parameters: {{Limit: {{name: limit, in: query, schema: {{type: integer}}}}}}
  schemas: {{Cart: {{type: object, maxProperties: {most}}}}}
"""
    plain, addressed = (text.format(address=address, most=5) for address in ("", "https://e.com/api"))
    assert not differences(plain, addressed, Mode.FULL).changes
    assert list(severities(differences(plain, text.format(address="https://e.com/api", most=4)))) == [
        "request-max-properties-tightened"
    ]
