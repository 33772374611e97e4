"""What Inventory does when it reads the events of others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contracts.checkout.common.events import Caller, Event, Handler, dispatch
from contracts.checkout.inventory.model import Inventory, StockLine


def order_placed(inventory: Inventory, data: Mapping[str, Any], caller: Caller) -> None:
    """Hold the stock of an order."""
    lines = [StockLine(line["sku"], line["quantity"]) for line in data["lines"]]
    inventory.reserve(data["orderId"], lines, caller)


def order_cancelled(inventory: Inventory, data: Mapping[str, Any], caller: Caller) -> None:
    """Give the stock of an order back, if any is held."""
    try:
        reservation = inventory.reservation_of(data["orderId"])
    except LookupError:
        return
    inventory.release(reservation.reservation_id, "ORDER_CANCELLED", caller)


HANDLERS: dict[str, Handler[Inventory]] = {
    "shop.checkout.orders.OrderPlaced.v1": order_placed,
    "shop.checkout.orders.OrderCancelled.v1": order_cancelled,
}


def read(inventory: Inventory, event: Event) -> None:
    """Act on an event, once; ignore what is for others."""
    dispatch(HANDLERS, inventory.inbox, inventory, event)
