"""Carts, in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from contracts.checkout.common.events import Caller, EventType, Inbox, Outbox
from contracts.checkout.common.money import Money, sum_of
from contracts.checkout.common.surroundings import Surroundings

CART_UPDATED = EventType("cart", "CartUpdated")


class Prices(Protocol):
    """Where prices come from: Catalog."""

    def unit_price(self, sku: str, quantity: int, currency: str, caller: Caller) -> Money:
        """The price of one piece when so many are bought. Raises LookupError when nothing is sold under that name."""
        ...


class Stock(Protocol):
    """Where availability comes from: Inventory."""

    def available(self, sku: str, caller: Caller) -> int:
        """How many can be promised now."""
        ...


class NotAvailable(Exception):
    """The cart is closed, or not so many can be promised."""


@dataclass(frozen=True, slots=True)
class CartLine:
    """So many of one thing, at the price it has in this cart."""

    sku: str
    quantity: int
    unit_price: Money

    @property
    def total(self) -> Money:
        """The price of all of them."""
        return self.unit_price.times(self.quantity)


@dataclass(frozen=True, slots=True)
class Cart:
    """What a customer is about to buy. An ordered cart stays as it is."""

    cart_id: str
    currency: str
    updated_at: datetime
    customer_ref: str | None = None
    ordered: bool = False
    lines: Mapping[str, CartLine] = field(default_factory=dict)

    @property
    def status(self) -> str:
        """OPEN or ORDERED."""
        return "ORDERED" if self.ordered else "OPEN"

    @property
    def total(self) -> Money:
        """The price of all lines."""
        return sum_of((line.total for line in self.lines.values()), self.currency)


class Carts:
    """The system of record of carts. Unknown things raise LookupError, impossible ones NotAvailable."""

    def __init__(self, surroundings: Surroundings, prices: Prices, stock: Stock) -> None:
        self.surroundings = surroundings
        self.outbox = Outbox(surroundings)
        self.inbox = Inbox()
        self._prices = prices
        self._stock = stock
        self._carts: dict[str, Cart] = {}

    def open(self, currency: str, customer_ref: str | None, caller: Caller) -> Cart:
        """An empty cart."""
        cart_id = self.surroundings.identifiers.make("crt")
        return self._keep(Cart(cart_id, currency, self.surroundings.now(), customer_ref), caller)

    def cart(self, cart_id: str) -> Cart:
        """One cart."""
        return self._carts[cart_id]

    def set_line(self, cart_id: str, sku: str, quantity: int, caller: Caller) -> Cart:
        """Let the cart hold so many of one thing, at today's price, if they can be promised."""
        cart = self._open_cart(cart_id)
        unit_price = self._prices.unit_price(sku, quantity, cart.currency, caller)
        available = self._stock.available(sku, caller)
        if available < quantity:
            raise NotAvailable(f"{sku}: {available} available, {quantity} wanted")
        return self._keep(replace(cart, lines={**cart.lines, sku: CartLine(sku, quantity, unit_price)}), caller)

    def remove_line(self, cart_id: str, sku: str, caller: Caller) -> Cart:
        """Take a thing out of the cart; it need not be in there."""
        cart = self._open_cart(cart_id)
        return self._keep(replace(cart, lines={key: line for key, line in cart.lines.items() if key != sku}), caller)

    def close(self, cart_id: str, caller: Caller) -> None:
        """The cart was ordered."""
        self._keep(replace(self._carts[cart_id], ordered=True), caller)

    def price_again(self, sku: str, caller: Caller) -> None:
        """Ask for the price of one thing again, in every open cart that holds it."""
        for cart in [cart for cart in self._carts.values() if sku in cart.lines and not cart.ordered]:
            line = cart.lines[sku]
            unit_price = self._prices.unit_price(sku, line.quantity, cart.currency, caller)
            self._keep(replace(cart, lines={**cart.lines, sku: replace(line, unit_price=unit_price)}), caller)

    def _open_cart(self, cart_id: str) -> Cart:
        cart = self._carts[cart_id]
        if cart.ordered:
            raise NotAvailable(f"{cart_id} was ordered")
        return cart

    def _keep(self, cart: Cart, caller: Caller) -> Cart:
        kept = replace(cart, updated_at=self.surroundings.now())
        self._carts[kept.cart_id] = kept
        self.outbox.announce(CART_UPDATED, kept.cart_id, _told(kept), caller)
        return kept


def _told(cart: Cart) -> Mapping[str, object]:
    lines = [{"sku": line.sku, "quantity": line.quantity, "unitPrice": line.unit_price.to_json()} for line in cart.lines.values()]
    told = {"cartId": cart.cart_id, "status": cart.status, "lines": lines, "total": cart.total.to_json()}
    return told | ({"customerRef": cart.customer_ref} if cart.customer_ref else {})
