"""The five reference services, running together on free loopback ports and calling each other as they would in production."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import grpc
from fastapi import FastAPI

from contracts.checkout.cart.clients import CatalogPrices, InventoryStock
from contracts.checkout.catalog import pricing
from contracts.checkout.common.serving import serving, serving_grpc
from contracts.checkout.common.surroundings import Surroundings
from contracts.checkout.inventory import stock
from contracts.checkout.orders.payments_client import PaymentsClient
from contracts.checkout.orders.reservations_client import ReservationsClient

SERVICES = ("catalog", "cart", "orders", "payments", "inventory")


@dataclass(frozen=True, slots=True)
class Running:
    """One service: its application, and where it answers. `grpc` is empty for a service without gRPC."""

    app: FastAPI
    url: str
    grpc: str = ""

    @property
    def model(self) -> Any:
        """The service's model as it is now."""
        return self.app.state.model


@contextmanager
def running(replaced: Mapping[str, Path] | None = None) -> Iterator[dict[str, Running]]:
    """All services while the block runs, by name; everything is stopped after it.

    `replaced` names, by service, a `provider.py` to run instead of the service's own.
    """
    providers = {name: _provider(name, (replaced or {}).get(name)) for name in SERVICES}
    surroundings = Surroundings()
    with ExitStack() as stack:
        catalog = providers["catalog"].create_app(surroundings)
        inventory = providers["inventory"].create_app(surroundings)
        payments = providers["payments"].create_app(surroundings)
        prices = stack.enter_context(
            serving_grpc(lambda server: pricing.register(server, lambda: catalog.state.model, surroundings))
        )
        stocks = stack.enter_context(serving_grpc(lambda server: stock.register(server, lambda: inventory.state.model)))
        to_catalog = stack.enter_context(grpc.insecure_channel(prices))
        to_inventory = stack.enter_context(grpc.insecure_channel(stocks))
        payments_url = stack.enter_context(serving(payments))
        to_payments = stack.enter_context(closing(PaymentsClient(payments_url)))
        cart = providers["cart"].create_app(surroundings, CatalogPrices(to_catalog), InventoryStock(to_inventory))
        orders = providers["orders"].create_app(surroundings, to_payments, ReservationsClient(to_inventory))
        yield {
            "catalog": Running(catalog, stack.enter_context(serving(catalog)), prices),
            "cart": Running(cart, stack.enter_context(serving(cart))),
            "orders": Running(orders, stack.enter_context(serving(orders))),
            "payments": Running(payments, payments_url),
            "inventory": Running(inventory, stack.enter_context(serving(inventory)), stocks),
        }


def _provider(name: str, replacement: Path | None) -> ModuleType:
    if replacement is None:
        return importlib.import_module(f"contracts.checkout.{name}.provider")
    spec = importlib.util.spec_from_file_location(f"contracts.checkout.{name}.replaced_provider", replacement)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(replacement)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
