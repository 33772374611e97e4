"""Inventory for Pact's verifier. It has no REST API of its own; its gRPC services stand in `stock`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from fastapi import APIRouter, FastAPI

from contracts.checkout.common.events import Caller, Event
from contracts.checkout.common.service import service_app
from contracts.checkout.common.surroundings import Surroundings
from contracts.checkout.inventory.model import STOCK_RESERVED, Inventory, StockLine


def _reserved(inventory: Inventory, parameters: Mapping[str, Any]) -> None:
    caller = Caller("shop-berlin", str(uuid4()))
    inventory.reserve(parameters["orderId"], [StockLine("MUG-BLUE-330", 2)], caller)


def _stock_reserved(inventory: Inventory) -> Event:
    return inventory.outbox.latest(STOCK_RESERVED)


STATES = {"stock was reserved for an order": _reserved}
MESSAGES = {"a StockReserved event": _stock_reserved}


def create_app(surroundings: Surroundings) -> FastAPI:
    """Inventory over HTTP; the model is at `app.state.model`."""
    return service_app(APIRouter(), lambda: Inventory(surroundings), STATES, MESSAGES)
