"""What the storefront and Orders agree on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pact import Pact, match

from contracts.checkout.common.agreements import CALLER, Call, Conversation, State, agree, hold, keep, money, problem
from contracts.checkout.common.money import Money
from contracts.checkout.storefront.client import NotFound, OrdersClient, Refused, ShownOrder

PACT = Path(__file__).parents[1] / "pacts" / "storefront-orders.json"


def checkout(cart_id: str, method_ref: str) -> Call:
    """The request that the checkout page makes."""
    body = {
        "cartId": cart_id,
        "customerRef": match.like("cus-8d1f"),
        "shippingAddressRef": match.like("adr-77aa"),
        "paymentMethodRef": method_ref,
    }
    return Call("POST", "/orders", body=body)


def order(order_id: Any, status: str) -> dict[str, Any]:
    """What the order page needs."""
    return {"orderId": order_id, "status": status, "total": money(2580)}


def agree_on_placing(pact: Pact) -> None:
    """An order that was placed costs what its cart cost."""
    answer = order(match.like("ord-2f90"), "PLACED") | {"total": {"amount": 2580, "currency": "EUR"}}
    state = State("a cart with two mugs", {"cartId": "crt-31c7"})
    agree(pact, "a checkout", state, checkout("crt-31c7", "pmr-visa-4f2c"), 201, answer)


def agree_on_a_declined_payment(pact: Pact) -> None:
    """A problem that the page can explain."""
    state = State("a cart with two mugs", {"cartId": "crt-31c8"})
    call = checkout("crt-31c8", "pmr-empty")
    agree(pact, "a checkout with a payment method that is good for nothing", state, call, 402, problem(402, "payment-declined"))


def agree_on_an_empty_cart(pact: Pact) -> None:
    """A problem that the page can explain."""
    state = State("an empty cart", {"cartId": "crt-31c9"})
    call = checkout("crt-31c9", "pmr-visa-4f2c")
    agree(pact, "a checkout of an empty cart", state, call, 409, problem(409, "cart-not-orderable"))


def agree_on_reading(pact: Pact) -> None:
    """The status of a confirmed order."""
    state = State("an order that was confirmed", {"orderId": "ord-2f90"})
    agree(pact, "an order", state, Call("GET", "/orders/ord-2f90"), 200, order("ord-2f90", "CONFIRMED"))


def agree_on_an_unknown_order(pact: Pact) -> None:
    """A problem."""
    call = Call("GET", "/orders/ord-0000")
    agree(pact, "an order that is not there", State("no carts and orders"), call, 404, problem(404, "order-not-found"))


def agree_on_cancelling(pact: Pact) -> None:
    """The cancelled order and why."""
    call = Call("POST", "/orders/ord-2f91/cancellation", body={"reason": "CUSTOMER_REQUEST"})
    answer = order("ord-2f91", "CANCELLED") | {"cancellationReason": "CUSTOMER_REQUEST"}
    agree(pact, "a cancellation", State("an order that was placed", {"orderId": "ord-2f91"}), call, 200, answer)


def places_an_order(orders: OrdersClient) -> None:
    """The page after checkout shows the new order."""
    placed = orders.place("crt-31c7", "cus-8d1f", "adr-77aa", "pmr-visa-4f2c")
    assert placed == ShownOrder("ord-2f90", "PLACED", Money(2580, "EUR"))


def hears_that_a_payment_was_declined(orders: OrdersClient) -> None:
    """A declined payment is told apart from a failure."""
    with pytest.raises(Refused) as refused:
        orders.place("crt-31c8", "cus-8d1f", "adr-77aa", "pmr-empty")
    assert (refused.value.status, refused.value.code) == (402, "payment-declined")


def hears_that_a_cart_is_empty(orders: OrdersClient) -> None:
    """An empty cart is told apart from a failure."""
    with pytest.raises(Refused) as refused:
        orders.place("crt-31c9", "cus-8d1f", "adr-77aa", "pmr-visa-4f2c")
    assert (refused.value.status, refused.value.code) == (409, "cart-not-orderable")


def shows_an_order(orders: OrdersClient) -> None:
    """The order page shows the status."""
    assert orders.order("ord-2f90").status == "CONFIRMED"


def knows_that_an_order_is_not_there(orders: OrdersClient) -> None:
    """An unknown order is told apart from a failure."""
    with pytest.raises(NotFound, match="order-not-found"):
        orders.order("ord-0000")


def cancels_an_order(orders: OrdersClient) -> None:
    """The order page shows that the order was cancelled, and why."""
    cancelled = orders.cancel("ord-2f91")
    assert (cancelled.status, cancelled.cancellation_reason) == ("CANCELLED", "CUSTOMER_REQUEST")


CONVERSATIONS = (
    Conversation(agree_on_placing, places_an_order),
    Conversation(agree_on_a_declined_payment, hears_that_a_payment_was_declined),
    Conversation(agree_on_an_empty_cart, hears_that_a_cart_is_empty),
    Conversation(agree_on_reading, shows_an_order),
    Conversation(agree_on_an_unknown_order, knows_that_an_order_is_not_there),
    Conversation(agree_on_cancelling, cancels_an_order),
)


@pytest.fixture
def pact() -> Pact:
    return Pact("storefront", "orders").with_specification("V4")


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=str)
def test_the_storefront_understands_orders(pact: Pact, conversation: Conversation[OrdersClient]) -> None:
    """The storefront's client asks as agreed and understands the answer."""
    hold(pact, [conversation], lambda url: OrdersClient(url, CALLER))


def test_the_pact_of_storefront_and_orders_is_committed(pact: Pact) -> None:
    """All conversations together write the pact, the same at every run."""
    hold(pact, CONVERSATIONS, lambda url: OrdersClient(url, CALLER))
    assert keep(pact, PACT), f"{PACT.name} changed and was written anew: look at the difference and commit it"
