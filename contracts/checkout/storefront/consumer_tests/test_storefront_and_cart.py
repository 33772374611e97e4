"""What the storefront and Cart agree on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pact import Pact, match

from contracts.checkout.common.agreements import CALLER, Call, Conversation, State, agree, hold, keep, money, problem
from contracts.checkout.common.money import Money
from contracts.checkout.storefront.client import CartClient, NotFound, Refused

PACT = Path(__file__).parents[1] / "pacts" / "storefront-cart.json"

LINE: dict[str, Any] = {
    "sku": match.regex("MUG-BLUE-330", regex="[A-Z0-9][A-Z0-9-]{2,31}"),
    "quantity": match.integer(2),
}
FILLED: dict[str, Any] = {"cartId": "crt-31c7", "lines": match.each_like(LINE), "total": money(2580)}
EMPTY: dict[str, Any] = {"lines": [], "total": {"amount": 0, "currency": "EUR"}}


def agree_on_opening(pact: Pact) -> None:
    """A new cart is empty and costs nothing."""
    call = Call("POST", "/carts", body={"currency": "EUR"})
    agree(pact, "a new cart", State("no carts"), call, 201, EMPTY | {"cartId": match.like("crt-31c7")})


def agree_on_reading(pact: Pact) -> None:
    """Lines and total."""
    state = State("a cart with two mugs", {"cartId": "crt-31c7"})
    agree(pact, "a cart with lines", state, Call("GET", "/carts/crt-31c7"), 200, FILLED)


def agree_on_a_quantity(pact: Pact) -> None:
    """Lines and total after the change."""
    call = Call("PUT", "/carts/crt-31c8/lines/MUG-BLUE-330", body={"quantity": 2})
    agree(pact, "so many of a thing", State("an empty cart", {"cartId": "crt-31c8"}), call, 200, FILLED | {"cartId": "crt-31c8"})


def agree_on_a_shortage(pact: Pact) -> None:
    """A problem that the page can explain."""
    call = Call("PUT", "/carts/crt-31c8/lines/LAMP-OAK", body={"quantity": 1})
    state = State("an empty cart", {"cartId": "crt-31c8"})
    agree(pact, "a thing that is sold out", state, call, 409, problem(409, "not-available"))


def agree_on_removing(pact: Pact) -> None:
    """The last line taken out leaves an empty cart."""
    call = Call("DELETE", "/carts/crt-31c7/lines/MUG-BLUE-330")
    state = State("a cart with two mugs", {"cartId": "crt-31c7"})
    agree(pact, "a thing taken out of the cart", state, call, 200, EMPTY | {"cartId": "crt-31c7"})


def agree_on_an_unknown_cart(pact: Pact) -> None:
    """A problem."""
    agree(pact, "a cart that is not there", State("no carts"), Call("GET", "/carts/crt-0000"), 404, problem(404, "cart-not-found"))


def opens_a_cart(carts: CartClient) -> None:
    """A new cart shows a total of nothing."""
    assert carts.open("EUR").total == Money(0, "EUR")


def shows_a_cart(carts: CartClient) -> None:
    """The cart page shows quantities and the total."""
    cart = carts.cart("crt-31c7")
    assert (cart.quantities, cart.total) == ({"MUG-BLUE-330": 2}, Money(2580, "EUR"))


def puts_things_into_a_cart(carts: CartClient) -> None:
    """The answer to a change is the changed cart."""
    assert carts.set_quantity("crt-31c8", "MUG-BLUE-330", 2).quantities == {"MUG-BLUE-330": 2}


def hears_that_a_thing_is_sold_out(carts: CartClient) -> None:
    """A shortage is told apart from a failure."""
    with pytest.raises(Refused) as refused:
        carts.set_quantity("crt-31c8", "LAMP-OAK", 1)
    assert (refused.value.status, refused.value.code) == (409, "not-available")


def takes_a_thing_out(carts: CartClient) -> None:
    """An empty cart costs nothing."""
    cart = carts.remove("crt-31c7", "MUG-BLUE-330")
    assert (cart.quantities, cart.total) == ({}, Money(0, "EUR"))


def knows_that_a_cart_is_not_there(carts: CartClient) -> None:
    """An unknown cart is told apart from a failure."""
    with pytest.raises(NotFound, match="cart-not-found"):
        carts.cart("crt-0000")


CONVERSATIONS = (
    Conversation(agree_on_opening, opens_a_cart),
    Conversation(agree_on_reading, shows_a_cart),
    Conversation(agree_on_a_quantity, puts_things_into_a_cart),
    Conversation(agree_on_a_shortage, hears_that_a_thing_is_sold_out),
    Conversation(agree_on_removing, takes_a_thing_out),
    Conversation(agree_on_an_unknown_cart, knows_that_a_cart_is_not_there),
)


@pytest.fixture
def pact() -> Pact:
    return Pact("storefront", "cart").with_specification("V4")


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=str)
def test_the_storefront_understands_cart(pact: Pact, conversation: Conversation[CartClient]) -> None:
    """The storefront's client asks as agreed and understands the answer."""
    hold(pact, [conversation], lambda url: CartClient(url, CALLER))


def test_the_pact_of_storefront_and_cart_is_committed(pact: Pact) -> None:
    """All conversations together write the pact, the same at every run."""
    hold(pact, CONVERSATIONS, lambda url: CartClient(url, CALLER))
    assert keep(pact, PACT), f"{PACT.name} changed and was written anew: look at the difference and commit it"
