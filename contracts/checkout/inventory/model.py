"""Stock and reservations, in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from contracts.checkout.common.events import Caller, EventType, Inbox, Outbox
from contracts.checkout.common.surroundings import Surroundings, timestamp

STOCK_RESERVED = EventType("inventory", "StockReserved")
STOCK_RESERVATION_FAILED = EventType("inventory", "StockReservationFailed")
STOCK_RELEASED = EventType("inventory", "StockReleased")

_HOLD = timedelta(minutes=30)
_WAREHOUSE = {"MUG-BLUE-330": 120, "TEAPOT-1L": 7, "LAMP-OAK": 0}


class ReservationStatus(StrEnum):
    """What became of a reservation."""

    HELD = "HELD"
    RELEASED = "RELEASED"


@dataclass(frozen=True, slots=True)
class StockLine:
    """So many of one thing."""

    sku: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Reservation:
    """Stock held for an order, all lines or none."""

    reservation_id: str
    order_id: str
    lines: tuple[StockLine, ...]
    status: ReservationStatus
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Shortage:
    """More wanted of one thing than there is."""

    sku: str
    wanted: int
    available: int


class Inventory:
    """The system of record of stock. Unknown things raise LookupError."""

    def __init__(self, surroundings: Surroundings, on_hand: Mapping[str, int] | None = None) -> None:
        self.outbox = Outbox(surroundings)
        self.inbox = Inbox()
        self.surroundings = surroundings
        self._on_hand = dict(_WAREHOUSE if on_hand is None else on_hand)
        self._reservations: dict[str, Reservation] = {}

    def available(self, sku: str) -> int:
        """How many can be promised now: on hand and not held for an order."""
        held = (line.quantity for each in self._held() for line in each.lines if line.sku == sku)
        return self._on_hand.get(sku, 0) - sum(held)

    def reserve(self, order_id: str, lines: Sequence[StockLine], caller: Caller) -> Reservation | tuple[Shortage, ...]:
        """Hold stock for an order, or say what is missing. An order that has a reservation keeps it."""
        known = self._reservations.get(order_id)
        if known is not None:
            return known
        shortages = tuple(
            Shortage(line.sku, line.quantity, self.available(line.sku))
            for line in lines
            if line.quantity > self.available(line.sku)
        )
        if shortages:
            self._announce_shortages(order_id, shortages, caller)
            return shortages
        identifier = self.surroundings.identifiers.make("rsv")
        expires_at = self.surroundings.now() + _HOLD
        reservation = Reservation(identifier, order_id, tuple(lines), ReservationStatus.HELD, expires_at)
        self._reservations[order_id] = reservation
        told = _told(reservation) | {"expiresAt": timestamp(expires_at)}
        self.outbox.announce(STOCK_RESERVED, identifier, told, caller)
        return reservation

    def reservation_of(self, order_id: str) -> Reservation:
        """The reservation of an order."""
        return self._reservations[order_id]

    def release(self, reservation_id: str, reason: str, caller: Caller) -> Reservation:
        """Give held stock back. Releasing twice is releasing once."""
        reservation = next((each for each in self._reservations.values() if each.reservation_id == reservation_id), None)
        if reservation is None:
            raise LookupError(reservation_id)
        if reservation.status is ReservationStatus.RELEASED:
            return reservation
        released = replace(reservation, status=ReservationStatus.RELEASED)
        self._reservations[reservation.order_id] = released
        self.outbox.announce(STOCK_RELEASED, reservation_id, _told(released) | {"reason": reason}, caller)
        return released

    def _held(self) -> list[Reservation]:
        return [each for each in self._reservations.values() if each.status is ReservationStatus.HELD]

    def _announce_shortages(self, order_id: str, shortages: Sequence[Shortage], caller: Caller) -> None:
        told = [{"sku": each.sku, "wanted": each.wanted, "available": each.available} for each in shortages]
        self.outbox.announce(STOCK_RESERVATION_FAILED, order_id, {"orderId": order_id, "shortages": told}, caller)


def _told(reservation: Reservation) -> dict[str, object]:
    return {
        "reservationId": reservation.reservation_id,
        "orderId": reservation.order_id,
        "lines": [{"sku": line.sku, "quantity": line.quantity} for line in reservation.lines],
    }
