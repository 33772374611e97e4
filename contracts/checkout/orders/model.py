"""Orders, in memory, and the path from checkout to confirmation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from contracts.checkout.common.events import Caller, EventType, Inbox, Outbox
from contracts.checkout.common.money import Money
from contracts.checkout.common.surroundings import Surroundings

ORDER_PLACED = EventType("orders", "OrderPlaced")
ORDER_PLACED_V2 = EventType("orders", "OrderPlaced", major=2)
ORDER_CONFIRMED = EventType("orders", "OrderConfirmed")
ORDER_CANCELLED = EventType("orders", "OrderCancelled")


class PaymentService(Protocol):
    """What Orders needs of Payments."""

    def authorise(self, order_id: str, amount: Money, method_ref: str, caller: Caller, /) -> str:
        """Set money aside and return the payment's id. Raises PaymentDeclined."""
        ...

    def refund(self, payment_id: str, amount: Money, caller: Caller, /) -> None:
        """Give all of a captured payment back, because its order was cancelled."""
        ...


class ReservationService(Protocol):
    """What Orders needs of Inventory."""

    def release(self, reservation_id: str, caller: Caller, /) -> None:
        """Give held stock back."""
        ...


class PaymentDeclined(Exception):
    """No money could be set aside, so there is no order."""


class NotOrderable(Exception):
    """The cart is empty or was ordered before, or the order is past cancelling."""


class OrderStatus(StrEnum):
    """How far an order is."""

    PLACED = "PLACED"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class OrderLine:
    """So many of one thing, at the price it had."""

    sku: str
    quantity: int
    unit_price: Money


@dataclass(frozen=True, slots=True)
class KnownCart:
    """What Orders knows of a cart, from the newest `CartUpdated`."""

    cart_id: str
    ordered: bool
    lines: tuple[OrderLine, ...]
    total: Money


@dataclass(frozen=True, slots=True)
class Checkout:
    """What a customer decides when checking out. Names, addresses and cards are references."""

    cart_id: str
    customer_ref: str
    shipping_address_ref: str
    payment_method_ref: str


@dataclass(frozen=True, slots=True)
class Order:
    """What a customer has bought."""

    order_id: str
    checkout: Checkout
    lines: tuple[OrderLine, ...]
    total: Money
    payment_id: str
    placed_at: datetime
    status: OrderStatus = OrderStatus.PLACED
    reservation_id: str | None = None
    captured: bool = False
    cancellation_reason: str | None = None


class Orders:
    """The system of record of orders. Unknown things raise LookupError, impossible ones NotOrderable or PaymentDeclined."""

    def __init__(self, surroundings: Surroundings, payments: PaymentService, reservations: ReservationService) -> None:
        self.surroundings = surroundings
        self.outbox = Outbox(surroundings)
        self.inbox = Inbox()
        self._payments = payments
        self._reservations = reservations
        self._carts: dict[str, KnownCart] = {}
        self._orders: dict[str, Order] = {}

    def know_cart(self, cart: KnownCart) -> None:
        """Remember what a cart holds now."""
        self._carts[cart.cart_id] = cart

    def order(self, order_id: str) -> Order:
        """One order."""
        return self._orders[order_id]

    def place(self, checkout: Checkout, caller: Caller) -> Order:
        """Make an order of a cart: set the money aside, then announce it in both major lines."""
        cart = self._carts[checkout.cart_id]
        if cart.ordered or not cart.lines:
            raise NotOrderable(f"{cart.cart_id} {'was ordered' if cart.ordered else 'is empty'}")
        order_id = self.surroundings.identifiers.make("ord")
        payment_id = self._payments.authorise(order_id, cart.total, checkout.payment_method_ref, caller)
        order = Order(order_id, checkout, cart.lines, cart.total, payment_id, self.surroundings.now())
        self._orders[order_id] = order
        self._carts[cart.cart_id] = replace(cart, ordered=True)
        told = _told(order)
        self.outbox.announce(ORDER_PLACED, order_id, told | {"total": order.total.to_json()}, caller)
        parts = {"shippingAddressRef": checkout.shipping_address_ref, "totals": _totals(order.total)}
        self.outbox.announce(ORDER_PLACED_V2, order_id, told | parts, caller)
        return order

    def stock_reserved(self, order_id: str, reservation_id: str, caller: Caller) -> None:
        """The stock of an order is held."""
        self._advance(replace(self._orders[order_id], reservation_id=reservation_id), caller)

    def payment_captured(self, order_id: str, caller: Caller) -> None:
        """The money for an order was taken. When the order was cancelled meanwhile, it goes back."""
        order = replace(self._orders[order_id], captured=True)
        if order.status is OrderStatus.CANCELLED:
            self._payments.refund(order.payment_id, order.total, caller)
        self._advance(order, caller)

    def cancel(self, order_id: str, reason: str, caller: Caller) -> Order:
        """Cancel an order: give stock and money back, then announce it. Raises NotOrderable when it is cancelled already."""
        order = self._orders[order_id]
        if order.status is OrderStatus.CANCELLED:
            raise NotOrderable(f"{order_id} is cancelled")
        if order.reservation_id is not None:
            self._reservations.release(order.reservation_id, caller)
        if order.captured:
            self._payments.refund(order.payment_id, order.total, caller)
        cancelled = replace(order, status=OrderStatus.CANCELLED, cancellation_reason=reason)
        self._orders[order_id] = cancelled
        told = {"orderId": order_id, "reason": reason, "paymentId": order.payment_id}
        reserved = {"reservationId": order.reservation_id} if order.reservation_id else {}
        self.outbox.announce(ORDER_CANCELLED, order_id, told | reserved, caller)
        return cancelled

    def _advance(self, order: Order, caller: Caller) -> None:
        """Keep the order, confirmed once stock and money are both there, in whatever order they came."""
        complete = order.status is OrderStatus.PLACED and order.captured and order.reservation_id is not None
        self._orders[order.order_id] = replace(order, status=OrderStatus.CONFIRMED) if complete else order
        if complete:
            told = {
                "orderId": order.order_id,
                "customerRef": order.checkout.customer_ref,
                "paymentId": order.payment_id,
                "reservationId": order.reservation_id,
            }
            self.outbox.announce(ORDER_CONFIRMED, order.order_id, told, caller)


def _told(order: Order) -> dict[str, Any]:
    lines = [{"sku": line.sku, "quantity": line.quantity, "unitPrice": line.unit_price.to_json()} for line in order.lines]
    return {
        "orderId": order.order_id,
        "cartId": order.checkout.cart_id,
        "customerRef": order.checkout.customer_ref,
        "lines": lines,
    }


def _totals(goods: Money) -> dict[str, Any]:
    """Nothing is discounted and shipping is free."""
    nothing = Money(0, goods.currency).to_json()
    return {"goods": goods.to_json(), "discount": nothing, "shipping": nothing, "payable": goods.to_json()}
