"""Inventory's availability and reservations over gRPC."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import grpc

from contracts.checkout.common.calls import caller_of
from contracts.checkout.common.stubs import stubs
from contracts.checkout.inventory.model import Inventory, Reservation, StockLine

_LOW = 10


def register(server: grpc.Server, inventory_of: Callable[[], Inventory]) -> None:
    """Serve both services from the inventory that is current when a call arrives."""
    generated = stubs()
    availability, reservation = generated.availability, generated.reservation

    class Availability(generated.availability_grpc.AvailabilityServiceServicer):
        def CheckAvailability(self, request: Any, context: grpc.ServicerContext) -> Any:  # noqa: N802 - the method's own name
            caller_of(context)
            items = [_availability(availability, sku, inventory_of().available(sku)) for sku in request.skus]
            return availability.CheckAvailabilityResponse(items=items)

    class Reservations(generated.reservation_grpc.ReservationServiceServicer):
        def ReserveStock(self, request: Any, context: grpc.ServicerContext) -> Any:  # noqa: N802
            lines = [StockLine(line.sku, line.quantity) for line in request.lines]
            result = inventory_of().reserve(request.order_id, lines, caller_of(context))
            if not isinstance(result, Reservation):
                context.abort(grpc.StatusCode.RESOURCE_EXHAUSTED, "not everything is available")
            return reservation.ReserveStockResponse(reservation=_message(result))

        def GetReservation(self, request: Any, context: grpc.ServicerContext) -> Any:  # noqa: N802
            caller_of(context)
            found = _found(lambda: inventory_of().reservation_of(request.order_id), context)
            return reservation.GetReservationResponse(reservation=_message(found))

        def ReleaseReservation(self, request: Any, context: grpc.ServicerContext) -> Any:  # noqa: N802
            caller = caller_of(context)
            released = _found(lambda: inventory_of().release(request.reservation_id, "RELEASED_BY_CALLER", caller), context)
            return reservation.ReleaseReservationResponse(reservation=_message(released))

    generated.availability_grpc.add_AvailabilityServiceServicer_to_server(Availability(), server)
    generated.reservation_grpc.add_ReservationServiceServicer_to_server(Reservations(), server)


def _found(look: Callable[[], Reservation], context: grpc.ServicerContext) -> Reservation:
    try:
        return look()
    except LookupError:
        context.abort(grpc.StatusCode.NOT_FOUND, "there is no such reservation")


def _availability(messages: Any, sku: str, quantity: int) -> Any:
    status = "OUT_OF_STOCK" if quantity == 0 else "LOW_STOCK" if quantity < _LOW else "IN_STOCK"
    return messages.SkuAvailability(
        sku=sku, available_quantity=quantity, status=messages.AvailabilityStatus.Value(f"AVAILABILITY_STATUS_{status}")
    )


def _message(reservation: Reservation) -> Any:
    messages = stubs().reservation
    message = messages.Reservation(
        reservation_id=reservation.reservation_id,
        order_id=reservation.order_id,
        lines=[stubs().stock_line.StockLine(sku=line.sku, quantity=line.quantity) for line in reservation.lines],
        status=messages.ReservationStatus.Value(f"RESERVATION_STATUS_{reservation.status}"),
    )
    message.expires_at.FromDatetime(reservation.expires_at)
    return message
