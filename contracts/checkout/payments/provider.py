"""Payments' REST API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal
from uuid import uuid4

from fastapi import APIRouter, Depends, FastAPI, Request, Response

from contracts.checkout.common.events import Caller, Event
from contracts.checkout.common.money import Money
from contracts.checkout.common.problems import Problem
from contracts.checkout.common.service import Body, CallerOf, MoneyBody, service_app
from contracts.checkout.common.surroundings import Surroundings, timestamp
from contracts.checkout.payments.model import PAYMENT_CAPTURED, NotPossible, Payment, Payments

router = APIRouter()


def _payments(request: Request) -> Payments:
    return request.app.state.model


Model = Annotated[Payments, Depends(_payments)]


class NewPayment(Body):
    """What to set aside, and on which method."""

    order_id: str
    amount: MoneyBody
    payment_method_ref: str


class NewRefund(Body):
    """What to give back, and why."""

    amount: MoneyBody
    reason: Literal["ORDER_CANCELLED", "GOODS_RETURNED", "GOODWILL"]


@router.post("/payments", status_code=201)
async def authorise_payment(payments: Model, _: CallerOf, new: NewPayment, response: Response) -> dict[str, Any]:
    payment = payments.authorise(new.order_id, new.amount.value(), new.payment_method_ref)
    response.headers["Location"] = f"/payments/{payment.payment_id}"
    return _view(payment)


@router.get("/payments/{payment_id}")
async def get_payment(payments: Model, _: CallerOf, payment_id: str) -> dict[str, Any]:
    return _view(_found(payments, payment_id))


@router.post("/payments/{payment_id}/capture")
async def capture_payment(payments: Model, caller: CallerOf, payment_id: str) -> dict[str, Any]:
    _found(payments, payment_id)
    try:
        return _view(payments.capture(payment_id, caller))
    except NotPossible as error:
        raise Problem(409, "payment-not-capturable", "The payment cannot be captured", str(error)) from error


@router.post("/payments/{payment_id}/refunds", status_code=201)
async def refund_payment(payments: Model, caller: CallerOf, payment_id: str, new: NewRefund, response: Response) -> dict[str, Any]:
    _found(payments, payment_id)
    try:
        refund = payments.refund(payment_id, new.amount.value(), new.reason, caller)
    except NotPossible as error:
        raise Problem(409, "refund-too-large", "The refund is larger than what is left", str(error)) from error
    response.headers["Location"] = f"/payments/{payment_id}"
    return {
        "refundId": refund.refund_id,
        "paymentId": refund.payment_id,
        "amount": refund.amount.to_json(),
        "reason": refund.reason,
        "refundedAt": timestamp(refund.refunded_at),
    }


def _found(payments: Payments, payment_id: str) -> Payment:
    try:
        return payments.payment(payment_id)
    except LookupError:
        raise Problem(404, "payment-not-found", "There is no such payment", payment_id) from None


def _view(payment: Payment) -> dict[str, Any]:
    view = {
        "paymentId": payment.payment_id,
        "orderId": payment.order_id,
        "status": payment.status,
        "amount": payment.amount.to_json(),
        "refunded": payment.refunded.to_json(),
        "authorisedAt": timestamp(payment.authorised_at),
    }
    declined = {"declineReason": payment.decline_reason} if payment.decline_reason else {}
    return view | declined | ({"capturedAt": timestamp(payment.captured_at)} if payment.captured_at else {})


def _as_it_is(_payments: Payments, _parameters: Mapping[str, Any]) -> None:
    """The vault that Payments starts with: one good method and one that is good for nothing."""


def _captured(payments: Payments, parameters: Mapping[str, Any]) -> None:
    payments.surroundings.identifiers.choose("pay", parameters["paymentId"])
    payment = payments.authorise(parameters["orderId"], Money(parameters["amount"], "EUR"), "pmr-visa-4f2c")
    payments.capture(payment.payment_id, Caller("shop-berlin", str(uuid4())))


def _payment_captured(payments: Payments) -> Event:
    return payments.outbox.latest(PAYMENT_CAPTURED)


STATES = {
    "a payment method that is good for the amount": _as_it_is,
    "a payment method that is good for nothing": _as_it_is,
    "no such payment": _as_it_is,
    "a captured payment": _captured,
}
MESSAGES = {"a PaymentCaptured event": _payment_captured}


def create_app(surroundings: Surroundings) -> FastAPI:
    """Payments over HTTP; the model is at `app.state.model`."""
    return service_app(router, lambda: Payments(surroundings), STATES, MESSAGES)
