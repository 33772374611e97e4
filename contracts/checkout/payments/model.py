"""Payments and refunds, in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from contracts.checkout.common.events import Caller, EventType, Inbox, Outbox
from contracts.checkout.common.money import Money
from contracts.checkout.common.surroundings import Surroundings

PAYMENT_CAPTURED = EventType("payments", "PaymentCaptured")
PAYMENT_CAPTURED_V2 = EventType("payments", "PaymentCaptured", major=2)
PAYMENT_FAILED = EventType("payments", "PaymentFailed")
PAYMENT_REFUNDED = EventType("payments", "PaymentRefunded")

_VAULT = {"pmr-visa-4f2c": 100_000, "pmr-empty": 0}
"""Payment methods by reference, each with what it is good for in minor units."""


class PaymentStatus(StrEnum):
    """What became of a payment."""

    AUTHORISED = "AUTHORISED"
    DECLINED = "DECLINED"
    CAPTURED = "CAPTURED"
    VOIDED = "VOIDED"


class NotPossible(Exception):
    """The payment is not in a state that allows this."""


@dataclass(frozen=True, slots=True)
class Payment:
    """Money for one order."""

    payment_id: str
    order_id: str
    amount: Money
    method_ref: str
    status: PaymentStatus
    refunded: Money
    authorised_at: datetime
    captured_at: datetime | None = None
    decline_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Refund:
    """Money that went back."""

    refund_id: str
    payment_id: str
    amount: Money
    reason: str
    refunded_at: datetime


class Payments:
    """The system of record of payments and refunds. Unknown things raise LookupError, untimely ones NotPossible."""

    def __init__(self, surroundings: Surroundings, vault: Mapping[str, int] | None = None) -> None:
        self.outbox = Outbox(surroundings)
        self.inbox = Inbox()
        self.surroundings = surroundings
        self._vault = dict(_VAULT if vault is None else vault)
        self._payments: dict[str, Payment] = {}

    def authorise(self, order_id: str, amount: Money, method_ref: str) -> Payment:
        """Set money aside, unless the method is unknown or not good for so much."""
        limit = self._vault.get(method_ref)
        reason = "METHOD_UNKNOWN" if limit is None else "LIMIT_EXCEEDED" if amount.amount > limit else None
        payment = Payment(
            payment_id=self.surroundings.identifiers.make("pay"),
            order_id=order_id,
            amount=amount,
            method_ref=method_ref,
            status=PaymentStatus.DECLINED if reason else PaymentStatus.AUTHORISED,
            refunded=Money(0, amount.currency),
            authorised_at=self.surroundings.now(),
            decline_reason=reason,
        )
        self._payments[payment.payment_id] = payment
        return payment

    def payment(self, payment_id: str) -> Payment:
        """One payment."""
        return self._payments[payment_id]

    def payment_of(self, order_id: str) -> Payment:
        """The newest payment of an order."""
        of_order = [payment for payment in self._payments.values() if payment.order_id == order_id]
        if not of_order:
            raise LookupError(order_id)
        return of_order[-1]

    def admit(self, method_ref: str, limit: int) -> None:
        """Put a payment method into the vault, good for so many minor units."""
        self._vault[method_ref] = limit

    def revoke(self, method_ref: str) -> None:
        """Take a payment method out of the vault; what was authorised on it can no longer be captured."""
        self._vault.pop(method_ref, None)

    def capture(self, payment_id: str, caller: Caller) -> Payment:
        """Take what was set aside, and announce it; announce the failure when the method is gone."""
        payment = self._payments[payment_id]
        if payment.status is not PaymentStatus.AUTHORISED:
            raise NotPossible(f"the payment is {payment.status}")
        told = {"paymentId": payment_id, "orderId": payment.order_id}
        if payment.method_ref not in self._vault:
            self._payments[payment_id] = replace(payment, status=PaymentStatus.VOIDED)
            failed = told | {"amount": payment.amount.to_json(), "reason": "METHOD_REVOKED"}
            self.outbox.announce(PAYMENT_FAILED, payment_id, failed, caller)
            return self._payments[payment_id]
        captured = replace(payment, status=PaymentStatus.CAPTURED, captured_at=self.surroundings.now())
        self._payments[payment_id] = captured
        told |= {"paymentMethodRef": payment.method_ref}
        self.outbox.announce(PAYMENT_CAPTURED, payment_id, told | {"amount": payment.amount.to_json()}, caller)
        whole = {"captured": payment.amount.to_json(), "remaining": Money(0, payment.amount.currency).to_json()}
        capture_id = self.surroundings.identifiers.make("cap")
        self.outbox.announce(PAYMENT_CAPTURED_V2, payment_id, told | whole | {"captureId": capture_id}, caller)
        return captured

    def refund(self, payment_id: str, amount: Money, reason: str, caller: Caller) -> Refund:
        """Give money back, never more than was captured, and announce it."""
        payment = self._payments[payment_id]
        left = payment.amount.amount - payment.refunded.amount if payment.status is PaymentStatus.CAPTURED else 0
        if amount.amount > left or amount.currency != payment.amount.currency:
            raise NotPossible(f"{amount.amount} {amount.currency} wanted, {left} {payment.amount.currency} left")
        refund = Refund(self.surroundings.identifiers.make("rfd"), payment_id, amount, reason, self.surroundings.now())
        refunded = Money(payment.refunded.amount + amount.amount, amount.currency)
        self._payments[payment_id] = replace(payment, refunded=refunded)
        told = {"paymentId": payment_id, "refundId": refund.refund_id, "orderId": payment.order_id, "reason": reason}
        self.outbox.announce(PAYMENT_REFUNDED, payment_id, told | {"amount": amount.to_json()}, caller)
        return refund

    def void(self, payment_id: str) -> Payment:
        """Let go of what was set aside; a captured payment is refunded instead."""
        payment = self._payments[payment_id]
        if payment.status is PaymentStatus.AUTHORISED:
            self._payments[payment_id] = replace(payment, status=PaymentStatus.VOIDED)
        return self._payments[payment_id]
