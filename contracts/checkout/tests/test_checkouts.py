"""Whole checkouts through all five services: calls over sockets, events delivered more than once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from uuid import uuid4

import pytest
from jsonschema import Draft202012Validator

from contracts.checkout.common.events import Caller, Event
from contracts.checkout.common.money import Money
from contracts.checkout.inventory.handlers import read as inventory_reads
from contracts.checkout.inventory.model import STOCK_RESERVED
from contracts.checkout.orders.model import ORDER_PLACED
from contracts.checkout.payments.handlers import read as payments_reads
from contracts.checkout.running import Running
from contracts.checkout.storefront.client import CartClient, CatalogClient, OrdersClient, Refused
from contracts.checkout.tests.deliveries import announced, deliver
from contracts.checkout.tests.documents import paths_of, read

SCHEMAS = {schema["$id"]: schema for schema in map(read, paths_of("jsonschema"))}


@dataclass(frozen=True, slots=True)
class Shop:
    """A customer's view of the platform, and the platform."""

    catalog: CatalogClient
    carts: CartClient
    orders: OrdersClient
    services: dict[str, Running]
    caller: Caller

    def check_out(self, sku: str, quantity: int, method_ref: str = "pmr-visa-4f2c") -> str:
        """Fill a cart, order it, and return the order's id."""
        cart = self.carts.open("EUR")
        self.carts.set_quantity(cart.cart_id, sku, quantity)
        deliver(self.services)
        return self.orders.place(cart.cart_id, "cus-8d1f", "adr-77aa", method_ref).order_id

    def events(self) -> list[Event]:
        """What was announced in this checkout."""
        return [event for event in announced(self.services) if event["correlationid"] == self.caller.correlation]


@pytest.fixture
def shop(services: dict[str, Running]) -> Iterator[Shop]:
    """A new customer."""
    caller = Caller("shop-berlin", str(uuid4()))
    with ExitStack() as stack:
        yield Shop(
            stack.enter_context(closing(CatalogClient(services["catalog"].url, caller))),
            stack.enter_context(closing(CartClient(services["cart"].url, caller))),
            stack.enter_context(closing(OrdersClient(services["orders"].url, caller))),
            services,
            caller,
        )


def names(events: list[Event]) -> Counter[str]:
    """How often each type was announced, without its service."""
    return Counter(event["type"].removeprefix("shop.checkout.").partition(".")[2] for event in events)


def test_an_order_is_confirmed_when_stock_and_money_are_there(shop: Shop) -> None:
    """From the list page to the confirmed order; what the customer saw is what is charged."""
    mug = next(product for product in shop.catalog.products("kitchen") if product.name == "Blue mug")
    order_id = shop.check_out(mug.sku, 2)
    deliver(shop.services)
    order = shop.orders.order(order_id)
    assert (order.status, order.total) == ("CONFIRMED", mug.price.times(2))
    assert names(shop.events()) == {
        "CartUpdated.v1": 3,  # opened, filled, ordered
        "OrderPlaced.v1": 1,
        "OrderPlaced.v2": 1,
        "StockReserved.v1": 1,
        "PaymentCaptured.v1": 1,
        "PaymentCaptured.v2": 1,
        "OrderConfirmed.v1": 1,
    }


def test_a_confirmed_order_can_be_cancelled(shop: Shop) -> None:
    """The stock is released and the money goes back, once each, although both Orders and its event ask for the release."""
    order_id = shop.check_out("MUG-BLUE-330", 2)
    deliver(shop.services)
    available = shop.services["inventory"].model.available("MUG-BLUE-330")
    assert shop.orders.cancel(order_id).status == "CANCELLED"
    deliver(shop.services)
    told = names(shop.events())
    assert (told["OrderCancelled.v1"], told["StockReleased.v1"], told["PaymentRefunded.v1"]) == (1, 1, 1)
    assert shop.services["inventory"].model.available("MUG-BLUE-330") == available + 2


def test_a_cancellation_that_meets_the_capture_halfway_gives_the_money_back(shop: Shop) -> None:
    """The customer cancels after Payments took the money and before Orders heard of it: it goes back all the same."""
    order_id = shop.check_out("MUG-BLUE-330", 1)
    models = {name: service.model for name, service in shop.services.items()}
    inventory_reads(models["inventory"], models["orders"].outbox.latest(ORDER_PLACED))
    payments_reads(models["payments"], models["inventory"].outbox.latest(STOCK_RESERVED))
    shop.orders.cancel(order_id)
    deliver(shop.services)
    told = names(shop.events())
    assert (told["PaymentCaptured.v1"], told["PaymentRefunded.v1"], told["OrderConfirmed.v1"]) == (1, 1, 0)
    assert told["StockReleased.v1"] == 1


def test_an_order_without_stock_is_cancelled(shop: Shop) -> None:
    """Two customers want more than there is; the later one hears that it is out of stock, and is not charged."""
    first, second = shop.check_out("TEAPOT-1L", 5), shop.check_out("TEAPOT-1L", 5)
    deliver(shop.services)
    assert shop.orders.order(first).status == "CONFIRMED"
    late = shop.orders.order(second)
    assert (late.status, late.cancellation_reason) == ("CANCELLED", "OUT_OF_STOCK")
    told = names(shop.events())
    assert (told["StockReservationFailed.v1"], told["PaymentCaptured.v1"]) == (1, 1)


def test_an_order_whose_payment_fails_is_cancelled(shop: Shop) -> None:
    """A method that is revoked between order and capture leaves no reservation behind."""
    order_id = shop.check_out("MUG-BLUE-330", 1)
    vault = shop.services["payments"].model
    vault.revoke("pmr-visa-4f2c")
    try:
        deliver(shop.services)
    finally:
        vault.admit("pmr-visa-4f2c", 100_000)
    order = shop.orders.order(order_id)
    assert (order.status, order.cancellation_reason) == ("CANCELLED", "PAYMENT_FAILED")
    assert names(shop.events())["StockReleased.v1"] == 1


def test_many_of_one_thing_cost_less_each(shop: Shop) -> None:
    """Cart shows the volume price that Catalog quotes over gRPC."""
    cart = shop.carts.open("EUR")
    assert shop.carts.set_quantity(cart.cart_id, "MUG-BLUE-330", 10).total == Money(11610, "EUR")


def test_an_ordered_cart_stays_as_it_is(shop: Shop) -> None:
    """Cart hears of the order and refuses further changes."""
    cart = shop.carts.open("EUR")
    shop.carts.set_quantity(cart.cart_id, "MUG-BLUE-330", 1)
    deliver(shop.services)
    shop.orders.place(cart.cart_id, "cus-8d1f", "adr-77aa", "pmr-visa-4f2c")
    deliver(shop.services)
    with pytest.raises(Refused, match="not-available"):
        shop.carts.set_quantity(cart.cart_id, "MUG-BLUE-330", 2)


def test_an_open_cart_follows_the_price(shop: Shop) -> None:
    """Cart hears of a changed price and asks Catalog anew."""
    cart = shop.carts.open("EUR")
    shop.carts.set_quantity(cart.cart_id, "TEAPOT-1L", 1)
    shop.services["catalog"].model.change_price("prd-1043", Money(4500, "EUR"), "SEASONAL", shop.caller)
    deliver(shop.services)
    assert shop.carts.cart(cart.cart_id).total == Money(4500, "EUR")


def test_everything_announced_is_what_its_schema_says(shop: Shop) -> None:
    """Every event of every checkout so far is valid, its formats too."""
    order_id = shop.check_out("MUG-BLUE-330", 1)
    deliver(shop.services)
    shop.orders.cancel(order_id)
    events = deliver(shop.services)
    assert len(names(events)) >= 10
    for event in events:
        Draft202012Validator(SCHEMAS[event["dataschema"]], format_checker=Draft202012Validator.FORMAT_CHECKER).validate(event)
