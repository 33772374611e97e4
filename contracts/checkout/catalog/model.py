"""Products and their prices, in memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from contracts.checkout.common.events import Caller, EventType, Outbox
from contracts.checkout.common.money import Money
from contracts.checkout.common.surroundings import Surroundings

PRODUCT_PRICE_CHANGED = EventType("catalog", "ProductPriceChanged")

_VOLUME_QUANTITY = 10
_VOLUME_PERCENT = 90


class PriceKind(StrEnum):
    """Why a price is what it is."""

    LIST = "LIST"
    VOLUME = "VOLUME"


@dataclass(frozen=True, slots=True)
class Product:
    """Something that the shop sells."""

    product_id: str
    sku: str
    name: str
    price: Money
    category: str
    summary: str | None = None
    images: tuple[str, ...] = ()
    status: str = "ACTIVE"


@dataclass(frozen=True, slots=True)
class Quote:
    """The price of so many of one thing."""

    sku: str
    quantity: int
    unit_price: Money
    kind: PriceKind

    @property
    def line_total(self) -> Money:
        """The price of all of them."""
        return self.unit_price.times(self.quantity)


_ASSORTMENT = (
    Product(
        "prd-1042",
        "MUG-BLUE-330",
        "Blue mug",
        Money(1290, "EUR"),
        "kitchen",
        "Stoneware, 330 ml, dishwasher safe.",
        ("https://img.shop.example/prd-1042/1.jpg", "https://img.shop.example/prd-1042/2.jpg"),
    ),
    Product(
        "prd-1043",
        "TEAPOT-1L",
        "Teapot",
        Money(4900, "EUR"),
        "kitchen",
        "Glass, one litre, with a strainer.",
        ("https://img.shop.example/prd-1043/1.jpg",),
    ),
    Product("prd-2001", "LAMP-OAK", "Oak lamp", Money(8900, "EUR"), "living", images=("https://img.shop.example/prd-2001/1.jpg",)),
)


class Catalog:
    """The system of record of products and prices. Unknown things raise LookupError, impossible ones ValueError."""

    def __init__(self, surroundings: Surroundings, products: Iterable[Product] = _ASSORTMENT) -> None:
        self.outbox = Outbox(surroundings)
        self._products = {product.product_id: product for product in products}

    def products(self, category: str | None = None, text: str | None = None) -> list[Product]:
        """The products of a category that contain a text, ordered by name."""
        found = (
            product
            for product in self._products.values()
            if category in (None, product.category)
            and (text is None or text.casefold() in f"{product.name} {product.summary or ''}".casefold())
        )
        return sorted(found, key=lambda product: (product.name, product.product_id))

    def product(self, product_id: str) -> Product:
        """One product."""
        return self._products[product_id]

    def categories(self) -> dict[str, int]:
        """How many products each category has."""
        counts: dict[str, int] = {}
        for product in self._products.values():
            counts[product.category] = counts.get(product.category, 0) + 1
        return dict(sorted(counts.items()))

    def change_price(self, product_id: str, price: Money, reason: str | None, caller: Caller) -> Product:
        """Set a price and announce it."""
        old = self._products[product_id]
        new = replace(old, price=price)
        self._products[product_id] = new
        data = {"productId": product_id, "sku": old.sku, "oldPrice": old.price.to_json(), "newPrice": price.to_json()}
        self.outbox.announce(PRODUCT_PRICE_CHANGED, product_id, data | ({"reason": reason} if reason else {}), caller)
        return new

    def quote(self, sku: str, quantity: int, currency: str) -> Quote:
        """The price of so many of one thing: ten or more cost a tenth less each."""
        if quantity < 1:
            raise ValueError("quantity must be at least 1")
        product = next((product for product in self._products.values() if product.sku == sku), None)
        if product is None:
            raise LookupError(sku)
        if product.price.currency != currency:
            raise ValueError(f"{sku} is not sold in {currency}")
        if quantity < _VOLUME_QUANTITY:
            return Quote(sku, quantity, product.price, PriceKind.LIST)
        return Quote(sku, quantity, replace(product.price, amount=product.price.amount * _VOLUME_PERCENT // 100), PriceKind.VOLUME)
