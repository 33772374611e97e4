"""A broker in a few lines: every event of every service is shown to every reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from contracts.checkout.cart.handlers import read as cart_reads
from contracts.checkout.common.events import Event
from contracts.checkout.inventory.handlers import read as inventory_reads
from contracts.checkout.orders.handlers import read as orders_reads
from contracts.checkout.payments.handlers import read as payments_reads
from contracts.checkout.running import Running

READERS: Mapping[str, Callable[[Any, Event], None]] = {
    "cart": cart_reads,
    "orders": orders_reads,
    "payments": payments_reads,
    "inventory": inventory_reads,
}


def announced(services: Mapping[str, Running]) -> list[Event]:
    """Everything that was announced, service by service."""
    return [event for service in services.values() for event in service.model.outbox.events]


def deliver(services: Mapping[str, Running]) -> list[Event]:
    """Deliver until nothing new is announced; returns all that was. Each event is delivered more than once, as brokers do."""
    while True:
        before = announced(services)
        for event in before:
            for name, read in READERS.items():
                read(services[name].model, event)
        after = announced(services)
        if len(after) == len(before):
            return after
