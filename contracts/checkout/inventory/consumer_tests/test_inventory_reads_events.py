"""What Inventory and Orders agree on, by events."""

from __future__ import annotations

from pathlib import Path

from pact import Pact, match

from contracts.checkout.common.agreements import State, agree_on_event, envelope, hold_messages, keep
from contracts.checkout.common.surroundings import Surroundings
from contracts.checkout.inventory import handlers
from contracts.checkout.inventory.model import Inventory, StockLine
from contracts.checkout.orders.model import ORDER_PLACED

PACT = Path(__file__).parents[1] / "pacts" / "inventory-orders.json"


def test_inventory_reads_order_placed() -> None:
    """Inventory holds the lines of an OrderPlaced, once however often it is delivered; the pact is the same at every run."""
    inventory = Inventory(Surroundings())
    pact = Pact("inventory", "orders").with_specification("V4")
    line = {"sku": match.regex("MUG-BLUE-330", regex="[A-Z0-9][A-Z0-9-]{2,31}"), "quantity": match.integer(2)}
    event = envelope(ORDER_PLACED, {"orderId": "ord-2f90", "lines": match.each_like(line, min=1)})
    agree_on_event(pact, "an OrderPlaced event", State("an order that was placed", {"orderId": "ord-2f90"}), event)

    for _delivery in range(2):
        hold_messages(pact, lambda event: handlers.read(inventory, event))

    assert inventory.reservation_of("ord-2f90").lines == (StockLine("MUG-BLUE-330", 2),)
    assert inventory.available("MUG-BLUE-330") == 118
    assert keep(pact, PACT), f"{PACT.name} changed and was written anew: look at the difference and commit it"
