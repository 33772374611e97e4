"""Names of the things inside a contract that a consumer can use and a change can touch.

An element is a string, so that it reads the same in a manifest, a waiver, a JSON report and on a page:

    GET /carts/{cartId}                              an operation
    GET /carts/{cartId} request query limit          a parameter (query, path, header, cookie)
    GET /carts/{cartId} request $.lines[].sku        a property of the request body
    GET /carts/{cartId} response 200                 a response
    GET /carts/{cartId} response 200 $.total.amount  a property of a response body
    GET /carts/{cartId} response 200 header ETag     a response header
    POST /orders callback paid POST request $.id     a property of what the server sends to a callback
    webhook orderPaid POST request $.id              a property of what the server sends to a webhook
    OrderPlaced $.data.lines[].sku                   a property of an event
    checkout.pricing.v1.PricingService.GetPrice      a method, message, field, enum or enum value by its full Protobuf name

`[]` is any item of an array, `{}` any value of a map. An element contains every element that continues it.
"""

from __future__ import annotations

_BOUNDARIES = (" ", ".", "[", "{")


def contains(outer: str, inner: str) -> bool:
    """Whether `inner` is `outer` or a part of it: an operation contains its parameters, a property its members."""
    if not inner.startswith(outer):
        return False
    return len(inner) == len(outer) or inner[len(outer)] in _boundaries(outer)


def parent(element: str) -> str:
    """What an element is a part of: `Order $.total` of `Order $.total.amount`; "" for what is no part of anything."""
    return element[: max(element.rfind(boundary) for boundary in _boundaries(element))] if _is_part(element) else ""


def operation_asked(element: str) -> str | None:
    """The operation whose request an element belongs to, if it belongs to one."""
    operation, request, _ = element.partition(" request ")
    return operation if request else None


def _boundaries(element: str) -> tuple[str, ...]:
    """Where a part may begin after an element: a path goes on to its blank, whatever dots and braces are in it."""
    return (" ",) if element.rpartition(" ")[2].startswith("/") else _BOUNDARIES


def _is_part(element: str) -> bool:
    return any(boundary in element for boundary in _BOUNDARIES)
