"""What Orders agrees on with Inventory and Payments, by events."""

from __future__ import annotations

from pathlib import Path

import pytest
from pact import Pact, match

from contracts.checkout.common.agreements import CALLER, State, agree_on_event, envelope, hold_messages, keep, money
from contracts.checkout.common.events import Caller
from contracts.checkout.common.money import Money
from contracts.checkout.common.surroundings import Surroundings
from contracts.checkout.inventory.model import STOCK_RESERVED
from contracts.checkout.orders import handlers
from contracts.checkout.orders.model import Checkout, KnownCart, OrderLine, Orders, OrderStatus
from contracts.checkout.payments.model import PAYMENT_CAPTURED

PACTS = Path(__file__).parents[1] / "pacts"

TOTAL = Money(2580, "EUR")


class Authorised:
    """Stands for Payments and Inventory, which are not what is tested here: every payment is good."""

    def authorise(self, _order_id: str, _amount: Money, _method_ref: str, _caller: Caller) -> str:
        return "pay-9b1d"

    def refund(self, _payment_id: str, _amount: Money, _caller: Caller) -> None:
        raise NotImplementedError

    def release(self, _reservation_id: str, _caller: Caller) -> None:
        raise NotImplementedError


@pytest.fixture
def orders() -> Orders:
    """Orders with the order `ord-2f90` placed."""
    surroundings = Surroundings()
    orders = Orders(surroundings, Authorised(), Authorised())
    orders.know_cart(KnownCart("crt-31c7", ordered=False, lines=(OrderLine("MUG-BLUE-330", 2, Money(1290, "EUR")),), total=TOTAL))
    surroundings.identifiers.choose("ord", "ord-2f90")
    orders.place(Checkout("crt-31c7", "cus-8d1f", "adr-77aa", "pmr-visa-4f2c"), CALLER)
    return orders


def test_orders_reads_stock_reserved(orders: Orders) -> None:
    """Orders learns from StockReserved which reservation holds the stock of an order; the pact is the same at every run."""
    pact = Pact("orders", "inventory").with_specification("V4")
    event = envelope(STOCK_RESERVED, {"reservationId": match.like("rsv-60d2"), "orderId": "ord-2f90"})
    agree_on_event(pact, "a StockReserved event", State("stock was reserved for an order", {"orderId": "ord-2f90"}), event)

    hold_messages(pact, lambda event: handlers.read(orders, event))

    assert orders.order("ord-2f90").reservation_id == "rsv-60d2"
    path = PACTS / "orders-inventory.json"
    assert keep(pact, path), f"{path.name} changed and was written anew: look at the difference and commit it"


def test_orders_reads_payment_captured(orders: Orders) -> None:
    """Orders confirms an order by PaymentCaptured of the right amount once its stock is held; the pact is the same at every run."""
    orders.stock_reserved("ord-2f90", "rsv-60d2", CALLER)
    pact = Pact("orders", "payments").with_specification("V4")
    data = {"paymentId": "pay-9b1d", "orderId": "ord-2f90", "amount": money(2580)}
    state = State("a captured payment", {"paymentId": "pay-9b1d", "orderId": "ord-2f90", "amount": 2580})
    agree_on_event(pact, "a PaymentCaptured event", state, envelope(PAYMENT_CAPTURED, data))

    hold_messages(pact, lambda event: handlers.read(orders, event))

    assert orders.order("ord-2f90").status is OrderStatus.CONFIRMED
    path = PACTS / "orders-payments-messages.json"
    assert keep(pact, path), f"{path.name} changed and was written anew: look at the difference and commit it"
