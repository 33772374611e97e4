"""Names of the things inside a contract that a consumer can use and a change can touch.

An element is a string, so that it reads the same in a manifest, a waiver, a JSON report and on a page:

    GET /carts/{cartId}                              an operation
    GET /carts/{cartId} request query limit          a parameter (query, path, header, cookie)
    GET /carts/{cartId} request $.lines[].sku        a property of the request body
    GET /carts/{cartId} response 200                 a response
    GET /carts/{cartId} response 200 $.total.amount  a property of a response body
    OrderPlaced $.data.lines[].sku                   a property of an event
    checkout.pricing.v1.PricingService.GetPrice      a method, message, field, enum or enum value by its full Protobuf name

`[]` is any item of an array, `{}` any value of a map. An element contains every element that continues it.
"""

from __future__ import annotations

from collections.abc import Iterable

_BOUNDARIES = (" ", ".", "[", "{")


def contains(outer: str, inner: str) -> bool:
    """Whether `inner` is `outer` or a part of it: an operation contains its parameters, a property its members."""
    if not inner.startswith(outer):
        return False
    return len(inner) == len(outer) or inner[len(outer)] in _BOUNDARIES


def touches(changed: str, used: str) -> bool:
    """Whether a change to `changed` reaches somebody who uses `used`: one contains the other."""
    return contains(changed, used) or contains(used, changed)


def touched(changed: Iterable[str], used: Iterable[str]) -> tuple[str, ...]:
    """The used elements that a change to the `changed` elements reaches, sorted."""
    targets = tuple(changed)
    return tuple(sorted({use for use in used if any(touches(target, use) for target in targets)}))
