"""How the storefront calls Catalog, Cart and Orders: one small client each, with only what its pages need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx

from contracts.checkout.common.events import Caller
from contracts.checkout.common.money import Money

_TIMEOUT_SECONDS = 5.0


class NotFound(LookupError):
    """What was asked for does not exist."""


@dataclass(eq=False)
class Refused(Exception):
    """The service understood and said no; `code` is its problem's stable code."""

    status: int
    code: str


@dataclass(frozen=True, slots=True)
class ListedProduct:
    """A product as a list shows it."""

    product_id: str
    sku: str
    name: str
    summary: str
    price: Money


@dataclass(frozen=True, slots=True)
class ShownCart:
    """A cart as its page shows it: quantities by stock keeping unit, and the total."""

    cart_id: str
    quantities: dict[str, int]
    total: Money


@dataclass(frozen=True, slots=True)
class ShownOrder:
    """An order as its page shows it."""

    order_id: str
    status: str
    total: Money
    cancellation_reason: str | None = None


class _Client:
    def __init__(self, url: str, caller: Caller) -> None:
        self._http = httpx.Client(
            base_url=url,
            timeout=_TIMEOUT_SECONDS,
            trust_env=False,
            headers={"X-Tenant-Id": caller.tenant, "X-Correlation-Id": caller.correlation},
        )

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _get(self, path: str, **query: str) -> Any:
        return _answer(self._http.get(path, params=query))

    def _change(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        return _answer(self._http.request(method, path, json=body, headers={"Idempotency-Key": str(uuid4())}))


class CatalogClient(_Client):
    """A client of `catalog-api`, first major line."""

    def products(self, category: str) -> list[ListedProduct]:
        """The first page of a category."""
        return [_product(item) for item in self._get("/products", category=category)["items"]]

    def product(self, product_id: str) -> ListedProduct:
        """One product. Raises NotFound."""
        return _product(self._get(f"/products/{product_id}"))


class CartClient(_Client):
    """A client of `cart-api`."""

    def open(self, currency: str) -> ShownCart:
        """An empty cart."""
        return _cart(self._change("POST", "/carts", {"currency": currency}))

    def cart(self, cart_id: str) -> ShownCart:
        """One cart. Raises NotFound."""
        return _cart(self._get(f"/carts/{cart_id}"))

    def set_quantity(self, cart_id: str, sku: str, quantity: int) -> ShownCart:
        """Put so many into the cart. Raises Refused when not so many are available."""
        return _cart(self._change("PUT", f"/carts/{cart_id}/lines/{sku}", {"quantity": quantity}))

    def remove(self, cart_id: str, sku: str) -> ShownCart:
        """Take a thing out of the cart."""
        return _cart(self._change("DELETE", f"/carts/{cart_id}/lines/{sku}"))


class OrdersClient(_Client):
    """A client of `orders-api`."""

    def place(self, cart_id: str, customer_ref: str, address_ref: str, method_ref: str) -> ShownOrder:
        """Check out. Raises Refused when the payment is declined or the cart is empty."""
        body = {
            "cartId": cart_id,
            "customerRef": customer_ref,
            "shippingAddressRef": address_ref,
            "paymentMethodRef": method_ref,
        }
        return _order(self._change("POST", "/orders", body))

    def order(self, order_id: str) -> ShownOrder:
        """One order. Raises NotFound."""
        return _order(self._get(f"/orders/{order_id}"))

    def cancel(self, order_id: str) -> ShownOrder:
        """Cancel an order because the customer wishes so."""
        return _order(self._change("POST", f"/orders/{order_id}/cancellation", {"reason": "CUSTOMER_REQUEST"}))


def _answer(response: httpx.Response) -> Any:
    if response.is_success:
        return response.json()
    code = response.json()["code"]
    if response.status_code == httpx.codes.NOT_FOUND:
        raise NotFound(code)
    raise Refused(response.status_code, code)


def _product(item: dict[str, Any]) -> ListedProduct:
    return ListedProduct(item["productId"], item["sku"], item["name"], item["summary"], Money.of(item["price"]))


def _cart(cart: dict[str, Any]) -> ShownCart:
    quantities = {line["sku"]: line["quantity"] for line in cart["lines"]}
    return ShownCart(cart["cartId"], quantities, Money.of(cart["total"]))


def _order(order: dict[str, Any]) -> ShownOrder:
    return ShownOrder(order["orderId"], order["status"], Money.of(order["total"]), order.get("cancellationReason"))
