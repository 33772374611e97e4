"""What Cart does when it reads the events of others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contracts.checkout.cart.model import Carts
from contracts.checkout.common.events import Caller, Event, Handler, dispatch


def product_price_changed(carts: Carts, data: Mapping[str, Any], caller: Caller) -> None:
    """Price the open carts that hold the product again: what a volume costs is Catalog's to say, so it is asked."""
    carts.price_again(data["sku"], caller)


def order_placed(carts: Carts, data: Mapping[str, Any], caller: Caller) -> None:
    """Close the cart that the order was made of."""
    carts.close(data["cartId"], caller)


HANDLERS: dict[str, Handler[Carts]] = {
    "shop.checkout.catalog.ProductPriceChanged.v1": product_price_changed,
    "shop.checkout.orders.OrderPlaced.v2": order_placed,
}


def read(carts: Carts, event: Event) -> None:
    """Act on an event, once; ignore what is for others."""
    dispatch(HANDLERS, carts.inbox, carts, event)
