"""How Cart calls Catalog and Inventory over gRPC: with a deadline, on behalf of its own caller."""

from __future__ import annotations

import grpc

from contracts.checkout.common.calls import DEADLINE_SECONDS, metadata_of
from contracts.checkout.common.events import Caller
from contracts.checkout.common.money import Money
from contracts.checkout.common.stubs import stubs


class CatalogPrices:
    """Prices of `checkout.pricing.v1`."""

    def __init__(self, channel: grpc.Channel) -> None:
        self._messages = stubs().pricing_v1
        self._service = stubs().pricing_v1_grpc.PricingServiceStub(channel)

    def unit_price(self, sku: str, quantity: int, currency: str, caller: Caller) -> Money:
        """The price of one piece when so many are bought. Raises LookupError when it is not sold, or not in that currency."""
        request = self._messages.GetPriceRequest(sku=sku, quantity=quantity, currency_code=currency)
        try:
            response = self._service.GetPrice(request, timeout=DEADLINE_SECONDS, metadata=metadata_of(caller))
        except grpc.RpcError as error:
            if error.code() in (grpc.StatusCode.NOT_FOUND, grpc.StatusCode.INVALID_ARGUMENT):
                raise LookupError(error.details()) from error
            raise
        return Money(response.unit_price.minor_units, response.unit_price.currency_code)


class InventoryStock:
    """Availability of `checkout.inventory.v1`."""

    def __init__(self, channel: grpc.Channel) -> None:
        self._messages = stubs().availability
        self._service = stubs().availability_grpc.AvailabilityServiceStub(channel)

    def available(self, sku: str, caller: Caller) -> int:
        """How many can be promised now."""
        request = self._messages.CheckAvailabilityRequest(skus=[sku])
        response = self._service.CheckAvailability(request, timeout=DEADLINE_SECONDS, metadata=metadata_of(caller))
        return next(item.available_quantity for item in response.items if item.sku == sku)
