"""What Payments and Inventory agree on, by events."""

from __future__ import annotations

from pathlib import Path

from pact import Pact

from contracts.checkout.common.agreements import State, agree_on_event, envelope, hold_messages, keep
from contracts.checkout.common.money import Money
from contracts.checkout.common.surroundings import Surroundings
from contracts.checkout.inventory.model import STOCK_RESERVED
from contracts.checkout.payments import handlers
from contracts.checkout.payments.model import Payments, PaymentStatus

PACT = Path(__file__).parents[1] / "pacts" / "payments-inventory.json"


def test_payments_reads_stock_reserved() -> None:
    """Payments captures the payment of an order whose stock is held; the pact is the same at every run."""
    payments = Payments(Surroundings())
    payment = payments.authorise("ord-2f90", Money(2580, "EUR"), "pmr-visa-4f2c")
    pact = Pact("payments", "inventory").with_specification("V4")
    event = envelope(STOCK_RESERVED, {"orderId": "ord-2f90"})
    agree_on_event(pact, "a StockReserved event", State("stock was reserved for an order", {"orderId": "ord-2f90"}), event)

    hold_messages(pact, lambda event: handlers.read(payments, event))

    assert payments.payment(payment.payment_id).status is PaymentStatus.CAPTURED
    assert keep(pact, PACT), f"{PACT.name} changed and was written anew: look at the difference and commit it"
