"""How Orders calls Inventory over gRPC."""

from __future__ import annotations

import grpc

from contracts.checkout.common.calls import DEADLINE_SECONDS, metadata_of
from contracts.checkout.common.events import Caller
from contracts.checkout.common.stubs import stubs


class ReservationsClient:
    """Reservations of `checkout.inventory.v1`. Raises grpc.RpcError when Inventory refuses or cannot be reached."""

    def __init__(self, channel: grpc.Channel) -> None:
        self._messages = stubs().reservation
        self._service = stubs().reservation_grpc.ReservationServiceStub(channel)

    def release(self, reservation_id: str, caller: Caller) -> None:
        """Give held stock back. Raises RuntimeError when Inventory says that it is still held."""
        request = self._messages.ReleaseReservationRequest(reservation_id=reservation_id)
        response = self._service.ReleaseReservation(request, timeout=DEADLINE_SECONDS, metadata=metadata_of(caller))
        if response.reservation.status != self._messages.RESERVATION_STATUS_RELEASED:
            raise RuntimeError(f"{reservation_id} was not released")
