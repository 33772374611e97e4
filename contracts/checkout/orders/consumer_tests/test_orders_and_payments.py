"""What Orders and Payments agree on, over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pact import Pact, match

from contracts.checkout.common.agreements import CALLER, Call, Conversation, State, agree, hold, keep, problem
from contracts.checkout.common.money import Money
from contracts.checkout.orders.model import PaymentDeclined
from contracts.checkout.orders.payments_client import PaymentsClient

PACT = Path(__file__).parents[1] / "pacts" / "orders-payments.json"

TOTAL = Money(2580, "EUR")


def new_payment(method_ref: str) -> Call:
    """The request that placing an order makes."""
    body = {"orderId": match.like("ord-2f90"), "amount": TOTAL.to_json(), "paymentMethodRef": method_ref}
    return Call("POST", "/payments", body=body)


def agree_on_authorising(pact: Pact) -> None:
    """A payment with its identifier."""
    answer = {"paymentId": match.like("pay-9b1d"), "status": "AUTHORISED"}
    state = State("a payment method that is good for the amount")
    agree(pact, "a payment for an order", state, new_payment("pmr-visa-4f2c"), 201, answer)


def agree_on_declining(pact: Pact) -> None:
    """A payment that says why it was declined."""
    answer = {"status": "DECLINED", "declineReason": match.regex("LIMIT_EXCEEDED", regex="LIMIT_EXCEEDED|METHOD_UNKNOWN")}
    state = State("a payment method that is good for nothing")
    agree(pact, "a payment that is declined", state, new_payment("pmr-empty"), 201, answer)


def agree_on_reading(pact: Pact) -> None:
    """What was taken and what went back."""
    answer: dict[str, Any] = {
        "status": "CAPTURED",
        "amount": TOTAL.to_json(),
        "refunded": {"amount": 0, "currency": "EUR"},
    }
    state = State("a captured payment", {"paymentId": "pay-9b1d", "orderId": "ord-2f90", "amount": 2580})
    agree(pact, "a captured payment", state, Call("GET", "/payments/pay-9b1d"), 200, answer)


def agree_on_an_unknown_payment(pact: Pact) -> None:
    """A problem that says which payment."""
    answer = problem(404, "payment-not-found") | {"detail": match.like("pay-0000")}
    agree(pact, "a payment that is not there", State("no such payment"), Call("GET", "/payments/pay-0000"), 404, answer)


def agree_on_refunding(pact: Pact) -> None:
    """A refund of the whole amount."""
    call = Call("POST", "/payments/pay-9b1e/refunds", body={"amount": TOTAL.to_json(), "reason": "ORDER_CANCELLED"})
    state = State("a captured payment", {"paymentId": "pay-9b1e", "orderId": "ord-2f91", "amount": 2580})
    agree(pact, "a refund", state, call, 201, {"refundId": match.like("rfd-51e0"), "amount": TOTAL.to_json()})


def authorises(payments: PaymentsClient) -> None:
    """An authorised payment is known by its identifier."""
    assert payments.authorise("ord-2f90", TOTAL, "pmr-visa-4f2c", CALLER) == "pay-9b1d"


def hears_that_it_was_declined(payments: PaymentsClient) -> None:
    """A declined payment is no payment."""
    with pytest.raises(PaymentDeclined, match="LIMIT_EXCEEDED"):
        payments.authorise("ord-2f90", TOTAL, "pmr-empty", CALLER)


def reads_what_was_captured(payments: PaymentsClient) -> None:
    """What was taken and not given back."""
    assert payments.captured("pay-9b1d", CALLER) == TOTAL


def knows_that_a_payment_is_not_there(payments: PaymentsClient) -> None:
    """An unknown payment is told apart from a failure."""
    with pytest.raises(LookupError, match="pay-0000"):
        payments.captured("pay-0000", CALLER)


def refunds(payments: PaymentsClient) -> None:
    """A refund that is answered was made."""
    payments.refund("pay-9b1e", TOTAL, CALLER)


CONVERSATIONS = (
    Conversation(agree_on_authorising, authorises),
    Conversation(agree_on_declining, hears_that_it_was_declined),
    Conversation(agree_on_reading, reads_what_was_captured),
    Conversation(agree_on_an_unknown_payment, knows_that_a_payment_is_not_there),
    Conversation(agree_on_refunding, refunds),
)


@pytest.fixture
def pact() -> Pact:
    return Pact("orders", "payments").with_specification("V4")


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=str)
def test_orders_understands_payments(pact: Pact, conversation: Conversation[PaymentsClient]) -> None:
    """Orders' client asks as agreed and understands the answer."""
    hold(pact, [conversation], PaymentsClient)


def test_the_pact_of_orders_and_payments_is_committed(pact: Pact) -> None:
    """All conversations together write the pact, the same at every run."""
    hold(pact, CONVERSATIONS, PaymentsClient)
    assert keep(pact, PACT), f"{PACT.name} changed and was written anew: look at the difference and commit it"
