"""What Orders does when it reads the events of others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contracts.checkout.common.events import Caller, Event, Handler, dispatch
from contracts.checkout.common.money import Money
from contracts.checkout.orders.model import KnownCart, OrderLine, Orders, OrderStatus


def cart_updated(orders: Orders, data: Mapping[str, Any], _caller: Caller) -> None:
    """Remember what the cart holds, so that checking out needs no call."""
    lines = tuple(OrderLine(line["sku"], line["quantity"], Money.of(line["unitPrice"])) for line in data["lines"])
    orders.know_cart(KnownCart(data["cartId"], data["status"] == "ORDERED", lines, Money.of(data["total"])))


def stock_reserved(orders: Orders, data: Mapping[str, Any], caller: Caller) -> None:
    """The stock is there."""
    orders.stock_reserved(data["orderId"], data["reservationId"], caller)


def payment_captured(orders: Orders, data: Mapping[str, Any], caller: Caller) -> None:
    """The money is there. Raises ValueError when it is not what the order costs."""
    if Money.of(data["amount"]) != orders.order(data["orderId"]).total:
        raise ValueError(f"{data['paymentId']} is not what {data['orderId']} costs")
    orders.payment_captured(data["orderId"], caller)


def stock_reservation_failed(orders: Orders, data: Mapping[str, Any], caller: Caller) -> None:
    """There is not enough, so the order is cancelled."""
    _cancel(orders, data["orderId"], "OUT_OF_STOCK", caller)


def payment_failed(orders: Orders, data: Mapping[str, Any], caller: Caller) -> None:
    """There is no money, so the order is cancelled."""
    _cancel(orders, data["orderId"], "PAYMENT_FAILED", caller)


def _cancel(orders: Orders, order_id: str, reason: str, caller: Caller) -> None:
    """Cancel an order unless somebody was faster."""
    if orders.order(order_id).status is not OrderStatus.CANCELLED:
        orders.cancel(order_id, reason, caller)


HANDLERS: dict[str, Handler[Orders]] = {
    "shop.checkout.cart.CartUpdated.v1": cart_updated,
    "shop.checkout.inventory.StockReserved.v1": stock_reserved,
    "shop.checkout.inventory.StockReservationFailed.v1": stock_reservation_failed,
    "shop.checkout.payments.PaymentCaptured.v1": payment_captured,
    "shop.checkout.payments.PaymentFailed.v1": payment_failed,
}


def read(orders: Orders, event: Event) -> None:
    """Act on an event, once; ignore what is for others."""
    dispatch(HANDLERS, orders.inbox, orders, event)
