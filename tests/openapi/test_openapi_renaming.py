"""Laws of operations that look renamed: offered as such, and breaking all the same."""

from __future__ import annotations

import pytest

from registry.domain.verdict import Severity
from tests.openapi.support import differences, found

CART = "{type: object, properties: {id: {type: string}}}"
MONEY = "{type: object, properties: {amount: {type: integer}}}"
ANSWER = "responses: {{'200': {{description: OK, content: {{application/json: {{schema: {}}}}}}}}}"
GET = f"{{parameters: [{{name: limit, in: query, schema: {{type: integer}}}}], {ANSWER.format(CART)}}}"
OTHER = f"{{{ANSWER.format(MONEY)}}}"


def test_a_removed_path_of_the_same_shape_looks_renamed():
    """The removal and the new path name one another, and clients of the old path break."""
    old, new = f"GET /carts: {GET}", f"GET /baskets: {GET}"
    removal = found(old, new, "path-removed")
    assert "looks renamed to /baskets" in removal.message
    assert removal.severity is Severity.BREAKING
    assert "looks renamed from /carts" in found(old, new, "path-added").message


def test_an_operation_may_move_to_a_path_that_was_there():
    """An operation of a path that stays may be found at another path that stays."""
    old = f"GET /carts: {OTHER}\nPOST /carts: {GET}\nGET /orders: {OTHER}"
    new = f"GET /carts: {OTHER}\nGET /orders: {OTHER}\nPOST /orders: {GET}"
    assert "looks renamed to /orders" in found(old, new, "operation-removed").message
    assert "looks renamed from /carts" in found(old, new, "operation-added").message


def test_references_and_words_do_not_count():
    """Shapes are what is sent: a schema by reference, a description or the name of a path parameter changes none."""
    path = "{{parameters: [{{name: {}, in: path, required: true, schema: {{type: string}}}}], {}}}"
    old = f"GET /carts/{{id}}: {path.format('id', ANSWER.format(CART))}"
    schema = "{$ref: '#/components/schemas/Cart'}"
    new = f"GET /baskets/{{cart}}: {path.format('cart', ANSWER.format(schema))}\ncomponents: {{schemas: {{Cart: {CART}}}}}"
    assert (
        "looks renamed to /baskets/{cart}"
        in found(old, new.replace("{type: object", "{description: A cart, type: object"), "path-removed").message
    )


@pytest.mark.parametrize(
    "new",
    [
        f"GET /baskets: {OTHER}",
        f"POST /baskets: {GET}",
        f"GET /baskets: {GET.replace('limit', 'size')}",
        f"GET /baskets/{{id}}: {GET}",
        f"GET /baskets: {GET.replace('{type: string}', '{type: integer}')}",
    ],
)
def test_another_shape_is_another_operation(new):
    """Another schema, method, parameter or number of path parameters is no renaming."""
    assert not [change for change in differences(f"GET /carts: {GET}", new).changes if "renamed" in change.message]


def test_what_looks_alike_everywhere_is_not_guessed():
    """Operations without schemas are all alike, and so are two candidates that are equally near."""
    assert "renamed" not in found("GET /carts: {}", "GET /baskets: {}", "path-removed").message
    two = f"GET /baskets: {GET}\nGET /trolleys: {GET}"
    assert "renamed" not in found(f"GET /carts: {GET}", two, "path-removed").message


def test_the_operation_id_decides_between_candidates_then_the_path():
    """Of several operations of one shape, the one of the same operationId, else the one with most of the path."""
    named = GET.replace("{parameters", "{operationId: list, parameters", 1)
    two = f"GET /baskets: {GET}\nGET /trolleys: {named}"
    assert "looks renamed to /trolleys" in found(f"GET /carts: {named}", two, "path-removed").message
    versions = f"GET /v2/carts: {GET}\nGET /v2/baskets: {GET}"
    assert "looks renamed to /v2/carts" in found(f"GET /v1/carts: {GET}", versions, "path-removed").message
