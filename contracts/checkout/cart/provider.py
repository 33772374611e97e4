"""Cart's REST API."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal
from uuid import uuid4

from fastapi import APIRouter, Depends, FastAPI, Path, Request, Response
from pydantic import Field

from contracts.checkout.cart.model import Cart, Carts, NotAvailable, Prices, Stock
from contracts.checkout.common.events import Caller
from contracts.checkout.common.problems import Problem
from contracts.checkout.common.service import Body, CallerOf, service_app
from contracts.checkout.common.surroundings import Surroundings, timestamp

router = APIRouter()


def _carts(request: Request) -> Carts:
    return request.app.state.model


Model = Annotated[Carts, Depends(_carts)]
Sku = Annotated[str, Path(pattern="^[A-Z0-9][A-Z0-9-]{2,31}$")]


class NewCart(Body):
    """What the cart is priced in, and whose it is."""

    currency: Literal["EUR", "GBP", "USD"]
    customer_ref: str | None = None


class LineQuantity(Body):
    """How many."""

    quantity: Annotated[int, Field(ge=1, le=99)]


# Plain functions, which FastAPI runs in threads: changing a line waits for Catalog and Inventory.


@router.post("/carts", status_code=201)
def create_cart(carts: Model, caller: CallerOf, new: NewCart, response: Response) -> dict[str, Any]:
    cart = carts.open(new.currency, new.customer_ref, caller)
    response.headers["Location"] = f"/carts/{cart.cart_id}"
    return _view(cart)


@router.get("/carts/{cart_id}")
def get_cart(carts: Model, _: CallerOf, cart_id: str) -> dict[str, Any]:
    return _answer(lambda: carts.cart(cart_id))


@router.put("/carts/{cart_id}/lines/{sku}")
def set_line(carts: Model, caller: CallerOf, cart_id: str, sku: Sku, line: LineQuantity) -> dict[str, Any]:
    return _answer(lambda: carts.set_line(cart_id, sku, line.quantity, caller))


@router.delete("/carts/{cart_id}/lines/{sku}")
def remove_line(carts: Model, caller: CallerOf, cart_id: str, sku: Sku) -> dict[str, Any]:
    return _answer(lambda: carts.remove_line(cart_id, sku, caller))


def _answer(act: Callable[[], Cart]) -> dict[str, Any]:
    try:
        return _view(act())
    except LookupError as error:
        raise Problem(404, "cart-not-found", "There is no such cart, or nothing is sold under that name", str(error)) from error
    except NotAvailable as error:
        raise Problem(409, "not-available", "Not so many are available", str(error)) from error


def _view(cart: Cart) -> dict[str, Any]:
    lines = [
        {
            "sku": line.sku,
            "quantity": line.quantity,
            "unitPrice": line.unit_price.to_json(),
            "lineTotal": line.total.to_json(),
        }
        for line in cart.lines.values()
    ]
    view = {
        "cartId": cart.cart_id,
        "status": cart.status,
        "currency": cart.currency,
        "lines": lines,
        "total": cart.total.to_json(),
        "updatedAt": timestamp(cart.updated_at),
    }
    return view | ({"customerRef": cart.customer_ref} if cart.customer_ref else {})


def _nothing(_carts: Carts, _parameters: Mapping[str, Any]) -> None:
    """A service without carts."""


def _empty(carts: Carts, parameters: Mapping[str, Any]) -> None:
    carts.surroundings.identifiers.choose("crt", parameters["cartId"])
    carts.open("EUR", "cus-8d1f", Caller("shop-berlin", str(uuid4())))


def _filled(carts: Carts, parameters: Mapping[str, Any]) -> None:
    _empty(carts, parameters)
    carts.set_line(parameters["cartId"], "MUG-BLUE-330", 2, Caller("shop-berlin", str(uuid4())))


STATES = {"no carts": _nothing, "an empty cart": _empty, "a cart with two mugs": _filled}


def create_app(surroundings: Surroundings, prices: Prices, stock: Stock) -> FastAPI:
    """Cart over HTTP; the model is at `app.state.model`."""
    return service_app(router, lambda: Carts(surroundings, prices, stock), STATES, {})
