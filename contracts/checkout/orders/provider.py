"""Orders' REST API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal
from uuid import uuid4

from fastapi import APIRouter, Depends, FastAPI, Request, Response

from contracts.checkout.common.events import Caller, Event
from contracts.checkout.common.money import Money
from contracts.checkout.common.problems import Problem
from contracts.checkout.common.service import Body, CallerOf, service_app
from contracts.checkout.common.surroundings import Surroundings, timestamp
from contracts.checkout.orders.model import (
    ORDER_PLACED,
    Checkout,
    KnownCart,
    NotOrderable,
    Order,
    OrderLine,
    Orders,
    PaymentDeclined,
    PaymentService,
    ReservationService,
)

router = APIRouter()


def _orders(request: Request) -> Orders:
    return request.app.state.model


Model = Annotated[Orders, Depends(_orders)]


class CheckoutBody(Body):
    """What to order and how to pay."""

    cart_id: str
    customer_ref: str
    shipping_address_ref: str
    payment_method_ref: str
    note: str | None = None


class Cancellation(Body):
    """Why the order is cancelled."""

    reason: Literal["CUSTOMER_REQUEST", "SUSPECTED_FRAUD"]


# Plain functions, which FastAPI runs in threads: placing and cancelling wait for Payments and Inventory.


@router.post("/orders", status_code=201)
def place_order(orders: Model, caller: CallerOf, body: CheckoutBody, response: Response) -> dict[str, Any]:
    checkout = Checkout(body.cart_id, body.customer_ref, body.shipping_address_ref, body.payment_method_ref)
    try:
        order = orders.place(checkout, caller)
    except LookupError:
        raise Problem(404, "cart-not-found", "There is no such cart", body.cart_id) from None
    except NotOrderable as error:
        raise Problem(409, "cart-not-orderable", "The cart is empty or was ordered before", str(error)) from error
    except PaymentDeclined as error:
        raise Problem(402, "payment-declined", "The payment was declined", str(error)) from error
    response.headers["Location"] = f"/orders/{order.order_id}"
    return _view(order)


@router.get("/orders/{order_id}")
def get_order(orders: Model, _: CallerOf, order_id: str) -> dict[str, Any]:
    return _view(_found(orders, order_id))


@router.post("/orders/{order_id}/cancellation")
def cancel_order(orders: Model, caller: CallerOf, order_id: str, body: Cancellation) -> dict[str, Any]:
    _found(orders, order_id)
    try:
        return _view(orders.cancel(order_id, body.reason, caller))
    except NotOrderable as error:
        raise Problem(409, "order-not-cancellable", "The order is past cancelling", str(error)) from error


def _found(orders: Orders, order_id: str) -> Order:
    try:
        return orders.order(order_id)
    except LookupError:
        raise Problem(404, "order-not-found", "There is no such order", order_id) from None


def _view(order: Order) -> dict[str, Any]:
    lines = [{"sku": line.sku, "quantity": line.quantity, "unitPrice": line.unit_price.to_json()} for line in order.lines]
    view = {
        "orderId": order.order_id,
        "cartId": order.checkout.cart_id,
        "status": order.status,
        "lines": lines,
        "total": order.total.to_json(),
        "paymentId": order.payment_id,
        "placedAt": timestamp(order.placed_at),
    }
    return view | ({"cancellationReason": order.cancellation_reason} if order.cancellation_reason else {})


def _nothing(_orders: Orders, _parameters: Mapping[str, Any]) -> None:
    """A service without carts and orders."""


def _cart(orders: Orders, parameters: Mapping[str, Any]) -> None:
    line = OrderLine("MUG-BLUE-330", 2, Money(1290, "EUR"))
    orders.know_cart(KnownCart(parameters["cartId"], ordered=False, lines=(line,), total=Money(2580, "EUR")))


def _empty_cart(orders: Orders, parameters: Mapping[str, Any]) -> None:
    orders.know_cart(KnownCart(parameters["cartId"], ordered=False, lines=(), total=Money(0, "EUR")))


def _placed(orders: Orders, parameters: Mapping[str, Any]) -> None:
    _cart(orders, {"cartId": "crt-31c7"})
    orders.surroundings.identifiers.choose("ord", parameters["orderId"])
    orders.place(Checkout("crt-31c7", "cus-8d1f", "adr-77aa", "pmr-visa-4f2c"), _somebody())


def _confirmed(orders: Orders, parameters: Mapping[str, Any]) -> None:
    _placed(orders, parameters)
    orders.stock_reserved(parameters["orderId"], "rsv-60d2", _somebody())
    orders.payment_captured(parameters["orderId"], _somebody())


def _somebody() -> Caller:
    return Caller("shop-berlin", str(uuid4()))


def _order_placed(orders: Orders) -> Event:
    return orders.outbox.latest(ORDER_PLACED)


STATES = {
    "no carts and orders": _nothing,
    "a cart with two mugs": _cart,
    "an empty cart": _empty_cart,
    "an order that was placed": _placed,
    "an order that was confirmed": _confirmed,
}
MESSAGES = {"an OrderPlaced event": _order_placed}


def create_app(surroundings: Surroundings, payments: PaymentService, reservations: ReservationService) -> FastAPI:
    """Orders over HTTP; the model is at `app.state.model`."""
    return service_app(router, lambda: Orders(surroundings, payments, reservations), STATES, MESSAGES)
