"""Which operation a concrete request is for."""

from __future__ import annotations

import pytest

from registry.engines.openapi import routes
from registry.engines.openapi.examples import example_contract

ROUTES = routes(
    example_contract("""
servers: [{url: 'https://shop.example/v1/'}, {url: '/{stage}/x'}]
GET /carts: {}
GET /carts/{id}: {}
GET /carts/mine: {}
POST /carts/{id}/lines: {}
GET /carts/mine/orders: {}
GET /reports/{name}.{format}: {}
GET /files/{a}-{b}: {}
GET /: {}
""")
)


@pytest.mark.parametrize(
    ("method", "path", "template", "values"),
    [
        ("GET", "/carts", "/carts", {}),
        ("get", "/carts?limit=3", "/carts", {}),
        ("GET", "/carts/17", "/carts/{id}", {"id": "17"}),
        ("GET", "/carts/mine", "/carts/mine", {}),
        ("POST", "/carts/mine/lines", "/carts/{id}/lines", {"id": "mine"}),
        ("GET", "/carts/a%2Fb", "/carts/{id}", {"id": "a/b"}),
        ("GET", "/v1/carts/17", "/carts/{id}", {"id": "17"}),
        ("GET", "https://shop.example/v1/carts", "/carts", {}),
        ("GET", "/reports/sales.v2.csv", "/reports/{name}.{format}", {"name": "sales", "format": "v2.csv"}),
        ("GET", "/files/a-b-c", "/files/{a}-{b}", {"a": "a", "b": "b-c"}),
        ("GET", "/", "/", {}),
    ],
)
def test_a_request_finds_its_operation(method, path, template, values):
    """Concrete segments win, expressions take a segment or a part of one, and a server's base path may stand in front."""
    route = ROUTES.find(method, path)
    assert route is not None
    assert (route.template, dict(route.values), route.element) == (template, values, f"{method.upper()} {template}")


@pytest.mark.parametrize(
    ("method", "path"), [("DELETE", "/carts"), ("GET", "/orders"), ("GET", "/carts/1/2"), ("GET", "/carts/"), ("GET", "/reports/x")]
)
def test_other_requests_have_none(method, path):
    """A request that no operation is for finds nothing; an expression is never empty."""
    assert ROUTES.find(method, path) is None
