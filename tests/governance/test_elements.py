"""Which element is a part of which."""

from __future__ import annotations

import pytest

from registry.domain.element import contains, parent


@pytest.mark.parametrize(
    ("outer", "inner", "holds"),
    [
        ("GET /carts", "GET /carts request query limit", True),
        ("GET /carts", "GET /carts.json", False),
        ("GET /carts", "GET /carts.json request query limit", False),
        ("GET /files/", "GET /files/{name}", False),
        ("GET /carts response 200 $.total", "GET /carts response 200 $.total.amount", True),
        ("GET /carts response 200 $.total", "GET /carts response 200 $.totals", False),
        ("OrderPlaced", "OrderPlaced $.lines[].sku", True),
        ("OrderPlaced $.lines", "OrderPlaced $.lines[].sku", True),
        ("checkout.v1.Cart", "checkout.v1.Cart.id", True),
        ("checkout.v1.Cart", "checkout.v1.Carts", False),
    ],
)
def test_an_element_contains_what_continues_it(outer: str, inner: str, holds: bool) -> None:
    """A path goes on to its blank: two paths are two operations, however alike they begin."""
    assert contains(outer, inner) is holds


@pytest.mark.parametrize(
    ("element", "whole"),
    [
        ("GET /carts.json", "GET"),
        ("GET /carts/{cartId} request $.lines[].sku", "GET /carts/{cartId} request $.lines[]"),
        ("OrderPlaced $.total", "OrderPlaced $"),
        ("checkout.v1.Cart.id", "checkout.v1.Cart"),
        ("OrderPlaced", ""),
    ],
)
def test_the_parent_is_the_next_whole(element: str, whole: str) -> None:
    """One part is taken off, and a path is one part."""
    assert parent(element) == whole
