"""Catalog's REST API, in both major lines of `catalog-api`."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Annotated, Any, Literal
from uuid import uuid4

from fastapi import APIRouter, Depends, FastAPI, Query, Request

from contracts.checkout.catalog.model import Catalog, Product
from contracts.checkout.common.events import Caller
from contracts.checkout.common.money import Money
from contracts.checkout.common.problems import Problem, bad_request
from contracts.checkout.common.service import Body, CallerOf, MoneyBody, service_app
from contracts.checkout.common.surroundings import Surroundings

router = APIRouter()


def _catalog(request: Request) -> Catalog:
    return request.app.state.model


Model = Annotated[Catalog, Depends(_catalog)]
Category = Annotated[str | None, Query(min_length=1, max_length=64)]
Text = Annotated[str | None, Query(min_length=2, max_length=100)]
Page = Annotated[int, Query(ge=1, le=1000)]
PageSize = Annotated[int, Query(alias="pageSize", ge=1, le=100)]


class PriceChange(Body):
    """A new price and why."""

    price: MoneyBody
    reason: Literal["COST", "SEASONAL", "CORRECTION"] | None = None


@router.get("/products")
async def list_products(
    catalog: Model, _: CallerOf, category: Category = None, q: Text = None, page: Page = 1, page_size: PageSize = 20
) -> dict[str, Any]:
    return _page(catalog.products(category, q), page, page_size)


@router.get("/search")
async def search_products(
    catalog: Model, _: CallerOf, q: Annotated[str, Query(min_length=2, max_length=100)], page: Page = 1, page_size: PageSize = 20
) -> dict[str, Any]:
    return _page(catalog.products(text=q), page, page_size)


@router.get("/products/{product_id}")
async def get_product(catalog: Model, _: CallerOf, product_id: str) -> dict[str, Any]:
    return _v1(_found(catalog, product_id))


@router.put("/products/{product_id}/price")
async def change_price(catalog: Model, caller: CallerOf, product_id: str, change: PriceChange) -> dict[str, Any]:
    _found(catalog, product_id)
    return _v1(catalog.change_price(product_id, change.price.value(), change.reason, caller))


@router.get("/categories")
@router.get("/v2/categories")
async def list_categories(catalog: Model, _: CallerOf) -> dict[str, Any]:
    counts = catalog.categories().items()
    return {"items": [{"categoryId": key, "name": key.capitalize(), "productCount": count} for key, count in counts]}


@router.get("/v2/products")
async def list_products_v2(
    catalog: Model,
    _: CallerOf,
    category: Category = None,
    q: Text = None,
    cursor: Annotated[str, Query(max_length=256)] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> dict[str, Any]:
    products = catalog.products(category, q)
    first = _after(products, cursor) if cursor else 0
    page = products[first : first + limit]
    more = {"nextCursor": _cursor(page[-1])} if first + limit < len(products) else {}
    return {"items": [_v2(product) for product in page]} | more


@router.get("/v2/products/{product_id}")
async def get_product_v2(catalog: Model, _: CallerOf, product_id: str) -> dict[str, Any]:
    return _v2(_found(catalog, product_id))


@router.put("/v2/products/{product_id}/price")
async def change_price_v2(catalog: Model, caller: CallerOf, product_id: str, change: PriceChange) -> dict[str, Any]:
    _found(catalog, product_id)
    return _v2(catalog.change_price(product_id, change.price.value(), change.reason, caller))


def _found(catalog: Catalog, product_id: str) -> Product:
    try:
        return catalog.product(product_id)
    except LookupError:
        raise Problem(404, "product-not-found", "There is no such product", product_id) from None


def _cursor(product: Product) -> str:
    return base64.urlsafe_b64encode(product.product_id.encode()).decode()


def _after(products: list[Product], cursor: str) -> int:
    cursors = [_cursor(product) for product in products]
    if cursor not in cursors:
        raise bad_request("cursor: leads nowhere")
    return cursors.index(cursor) + 1


def _page(products: list[Product], page: int, size: int) -> dict[str, Any]:
    first = (page - 1) * size
    items = [_v1(product) for product in products[first : first + size]]
    return {"items": items, "page": page, "pageSize": size, "total": len(products)}


def _v1(product: Product) -> dict[str, Any]:
    """A product as the first major line tells it: `imageUrl` stays until its sunset."""
    return _v2(product) | ({"imageUrl": product.images[0]} if product.images else {})


def _v2(product: Product) -> dict[str, Any]:
    return {
        "productId": product.product_id,
        "sku": product.sku,
        "name": product.name,
        "price": product.price.to_json(),
        "status": product.status,
        "category": product.category,
        "images": [{"url": url, "alt": product.name} for url in product.images],
    }


def _as_it_is(_catalog: Catalog, _parameters: Mapping[str, Any]) -> None:
    """The assortment that every catalog starts with."""


def _priced(catalog: Catalog, parameters: Mapping[str, Any]) -> None:
    price = Money(parameters["amount"], parameters["currency"])
    catalog.change_price(parameters["productId"], price, None, Caller("shop-berlin", str(uuid4())))


STATES = {"the assortment of the shop": _as_it_is, "a product with a price": _priced, "no such product": _as_it_is}


def create_app(surroundings: Surroundings) -> FastAPI:
    """Catalog over HTTP; the model is at `app.state.model`."""
    return service_app(router, lambda: Catalog(surroundings), STATES, {})
