"""The reference services answer over real gRPC channels, as their Protobuf contracts say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import grpc
import pytest

from contracts.checkout.cart.clients import CatalogPrices, InventoryStock
from contracts.checkout.common.calls import DEADLINE_SECONDS, metadata_of
from contracts.checkout.common.events import Caller
from contracts.checkout.common.money import Money
from contracts.checkout.common.stubs import stubs
from contracts.checkout.orders.reservations_client import ReservationsClient
from contracts.checkout.running import Running

CALLER = Caller("shop-berlin", "2b6f0cc9-04d1-4b70-9f57-1e2f5a3f6d11")


@pytest.fixture
def to_catalog(services: dict[str, Running]) -> Iterator[grpc.Channel]:
    """A channel to Catalog."""
    with grpc.insecure_channel(services["catalog"].grpc) as channel:
        yield channel


@pytest.fixture
def to_inventory(services: dict[str, Running]) -> Iterator[grpc.Channel]:
    """A channel to Inventory."""
    with grpc.insecure_channel(services["inventory"].grpc) as channel:
        yield channel


def call(method: Any, request: Any) -> Any:
    """Call with a deadline on behalf of somebody."""
    return method(request, timeout=DEADLINE_SECONDS, metadata=metadata_of(CALLER))


def test_the_deprecated_fields_tell_the_same_price(to_catalog: grpc.Channel) -> None:
    """Until their sunset, old stubs read in the flat fields what new ones read in unit_price."""
    messages = stubs().pricing_v1
    service = stubs().pricing_v1_grpc.PricingServiceStub(to_catalog)
    price = call(service.GetPrice, messages.GetPriceRequest(sku="TEAPOT-1L", quantity=1, currency_code="EUR"))
    assert (price.unit_price_minor, price.currency_code) == (price.unit_price.minor_units, price.unit_price.currency_code)
    assert price.price_kind == messages.PRICE_KIND_LIST


def test_both_major_lines_quote_the_same_basket(to_catalog: grpc.Channel) -> None:
    """Two lines, one of them at the volume price; the total is the sum; the second line says how long it holds."""
    v1, v2 = stubs().pricing_v1, stubs().pricing_v2
    basket = [("MUG-BLUE-330", 10), ("TEAPOT-1L", 1)]
    old = call(
        stubs().pricing_v1_grpc.PricingServiceStub(to_catalog).QuoteBasket,
        v1.QuoteBasketRequest(lines=[v1.BasketLine(sku=sku, quantity=each) for sku, each in basket], currency_code="EUR"),
    )
    new = call(
        stubs().pricing_v2_grpc.PricingServiceStub(to_catalog).QuotePrices,
        v2.QuotePricesRequest(lines=[v2.BasketLine(sku=sku, quantity=each) for sku, each in basket], currency_code="EUR"),
    )
    assert (
        [line.line_total.minor_units for line in old.lines] == [line.line_total.minor_units for line in new.lines] == [11610, 4900]
    )
    assert old.total.minor_units == new.total.minor_units == 16510
    assert [v2.PriceKind.Name(line.price_kind) for line in new.lines] == ["PRICE_KIND_VOLUME", "PRICE_KIND_LIST"]
    assert new.valid_until.ToDatetime(UTC) > datetime.now(UTC)


def test_a_call_without_a_tenant_is_refused(to_catalog: grpc.Channel) -> None:
    """INVALID_ARGUMENT, as the contract says."""
    request = stubs().pricing_v1.GetPriceRequest(sku="TEAPOT-1L", quantity=1, currency_code="EUR")
    with pytest.raises(grpc.RpcError) as refused:
        stubs().pricing_v1_grpc.PricingServiceStub(to_catalog).GetPrice(request, timeout=DEADLINE_SECONDS)
    assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT


@pytest.mark.parametrize(("sku", "currency"), [("NOTHING", "EUR"), ("TEAPOT-1L", "USD")])
def test_cart_hears_that_a_thing_is_not_sold(to_catalog: grpc.Channel, sku: str, currency: str) -> None:
    """Neither under that name nor in that currency."""
    with pytest.raises(LookupError):
        CatalogPrices(to_catalog).unit_price(sku, 1, currency, CALLER)


def test_cart_reads_prices_and_availability(to_catalog: grpc.Channel, to_inventory: grpc.Channel) -> None:
    """Cart's own clients understand both services."""
    assert CatalogPrices(to_catalog).unit_price("LAMP-OAK", 1, "EUR", CALLER) == Money(8900, "EUR")
    assert InventoryStock(to_inventory).available("LAMP-OAK", CALLER) == 0


def test_stock_is_reserved_read_and_released(to_inventory: grpc.Channel) -> None:
    """One order has one reservation; what is held is not available; Orders' own client releases it."""
    messages, stock = stubs().reservation, InventoryStock(to_inventory)
    service = stubs().reservation_grpc.ReservationServiceStub(to_inventory)
    before = stock.available("TEAPOT-1L", CALLER)
    lines = [stubs().stock_line.StockLine(sku="TEAPOT-1L", quantity=3)]
    held = call(service.ReserveStock, messages.ReserveStockRequest(order_id="ord-1", lines=lines)).reservation
    again = call(service.ReserveStock, messages.ReserveStockRequest(order_id="ord-1", lines=lines)).reservation
    assert (held.reservation_id, held.status) == (again.reservation_id, messages.RESERVATION_STATUS_HELD)
    assert stock.available("TEAPOT-1L", CALLER) == before - 3
    ReservationsClient(to_inventory).release(held.reservation_id, CALLER)
    read = call(service.GetReservation, messages.GetReservationRequest(order_id="ord-1")).reservation
    assert read.status == messages.RESERVATION_STATUS_RELEASED
    assert stock.available("TEAPOT-1L", CALLER) == before


def test_more_than_there_is_cannot_be_reserved(to_inventory: grpc.Channel) -> None:
    """RESOURCE_EXHAUSTED, and nothing is held; an unknown reservation is NOT_FOUND."""
    messages = stubs().reservation
    service = stubs().reservation_grpc.ReservationServiceStub(to_inventory)
    lines = [stubs().stock_line.StockLine(sku="MUG-BLUE-330", quantity=1), stubs().stock_line.StockLine(sku="LAMP-OAK", quantity=1)]
    with pytest.raises(grpc.RpcError) as refused:
        call(service.ReserveStock, messages.ReserveStockRequest(order_id="ord-2", lines=lines))
    assert refused.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    with pytest.raises(grpc.RpcError) as unknown:
        call(service.GetReservation, messages.GetReservationRequest(order_id="ord-2"))
    assert unknown.value.code() is grpc.StatusCode.NOT_FOUND
