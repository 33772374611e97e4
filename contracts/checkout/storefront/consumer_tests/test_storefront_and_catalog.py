"""What the storefront and Catalog agree on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pact import Pact, match

from contracts.checkout.common.agreements import CALLER, Call, Conversation, State, agree, hold, keep, money, problem
from contracts.checkout.common.money import Money
from contracts.checkout.storefront.client import CatalogClient, NotFound

PACT = Path(__file__).parents[1] / "pacts" / "storefront-catalog.json"

MUG: dict[str, Any] = {
    "productId": match.like("prd-1042"),
    "sku": match.regex("MUG-BLUE-330", regex="[A-Z0-9][A-Z0-9-]{2,31}"),
    "name": match.like("Blue mug"),
    "summary": match.like("Stoneware, 330 ml, dishwasher safe."),
    "price": money(1290),
}


def agree_on_a_category(pact: Pact) -> None:
    """A page of products."""
    call = Call("GET", "/products", query={"category": "kitchen"})
    agree(
        pact,
        "a list of the products of a category",
        State("the assortment of the shop"),
        call,
        200,
        {"items": match.each_like(MUG)},
    )


def agree_on_a_product(pact: Pact) -> None:
    """One product, at exactly the price that it was given."""
    state = State("a product with a price", {"productId": "prd-1042", "amount": 1190, "currency": "EUR"})
    answer = MUG | {"productId": "prd-1042", "price": {"amount": 1190, "currency": "EUR"}}
    agree(pact, "a product", state, Call("GET", "/products/prd-1042"), 200, answer)


def agree_on_an_unknown_product(pact: Pact) -> None:
    """A problem."""
    agree(
        pact,
        "a product that is not there",
        State("no such product"),
        Call("GET", "/products/prd-0000"),
        404,
        problem(404, "product-not-found"),
    )


def lists_a_category(catalog: CatalogClient) -> None:
    """The list page shows name, summary and price."""
    [mug] = catalog.products("kitchen")
    assert (mug.sku, mug.summary, mug.price) == ("MUG-BLUE-330", "Stoneware, 330 ml, dishwasher safe.", Money(1290, "EUR"))


def shows_a_product(catalog: CatalogClient) -> None:
    """The product page shows its price."""
    assert catalog.product("prd-1042").price == Money(1190, "EUR")


def knows_that_a_product_is_not_there(catalog: CatalogClient) -> None:
    """An unknown product is told apart from a failure."""
    with pytest.raises(NotFound, match="product-not-found"):
        catalog.product("prd-0000")


CONVERSATIONS = (
    Conversation(agree_on_a_category, lists_a_category),
    Conversation(agree_on_a_product, shows_a_product),
    Conversation(agree_on_an_unknown_product, knows_that_a_product_is_not_there),
)


@pytest.fixture
def pact() -> Pact:
    return Pact("storefront", "catalog").with_specification("V4")


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=str)
def test_the_storefront_understands_catalog(pact: Pact, conversation: Conversation[CatalogClient]) -> None:
    """The storefront's client asks as agreed and understands the answer."""
    hold(pact, [conversation], lambda url: CatalogClient(url, CALLER))


def test_the_pact_of_storefront_and_catalog_is_committed(pact: Pact) -> None:
    """All conversations together write the pact, the same at every run."""
    hold(pact, CONVERSATIONS, lambda url: CatalogClient(url, CALLER))
    assert keep(pact, PACT), f"{PACT.name} changed and was written anew: look at the difference and commit it"
