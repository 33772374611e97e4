"""What Payments does when it reads the events of others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contracts.checkout.common.events import Caller, Event, Handler, dispatch
from contracts.checkout.payments.model import Payments, PaymentStatus


def stock_reserved(payments: Payments, data: Mapping[str, Any], caller: Caller) -> None:
    """Capture the payment of an order whose stock is held."""
    payment = payments.payment_of(data["orderId"])
    if payment.status is PaymentStatus.AUTHORISED:
        payments.capture(payment.payment_id, caller)


def order_cancelled(payments: Payments, data: Mapping[str, Any], _caller: Caller) -> None:
    """Let go of what was set aside for an order that will not be delivered; after fraud take no more from the method."""
    if "paymentId" not in data:
        return
    payment = payments.void(data["paymentId"])
    if data["reason"] == "SUSPECTED_FRAUD":
        payments.revoke(payment.method_ref)


HANDLERS: dict[str, Handler[Payments]] = {
    "shop.checkout.inventory.StockReserved.v1": stock_reserved,
    "shop.checkout.orders.OrderCancelled.v1": order_cancelled,
}


def read(payments: Payments, event: Event) -> None:
    """Act on an event, once; ignore what is for others."""
    dispatch(HANDLERS, payments.inbox, payments, event)
