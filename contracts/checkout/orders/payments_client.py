"""How Orders calls Payments over HTTP."""

from __future__ import annotations

from typing import Any

import httpx

from contracts.checkout.common.events import Caller
from contracts.checkout.common.money import Money
from contracts.checkout.orders.model import PaymentDeclined

_TIMEOUT_SECONDS = 5.0


class PaymentsClient:
    """A client of `payments-api`. Other answers than those expected raise httpx.HTTPStatusError."""

    def __init__(self, url: str) -> None:
        self._http = httpx.Client(base_url=url, timeout=_TIMEOUT_SECONDS, trust_env=False)

    def authorise(self, order_id: str, amount: Money, method_ref: str, caller: Caller) -> str:
        """Set money aside and return the payment's id. Raises PaymentDeclined."""
        body = {"orderId": order_id, "amount": amount.to_json(), "paymentMethodRef": method_ref}
        payment = self._post("/payments", body, f"authorise-{order_id}", caller)
        if payment["status"] == "DECLINED":
            raise PaymentDeclined(payment["declineReason"])
        return payment["paymentId"]

    def captured(self, payment_id: str, caller: Caller) -> Money | None:
        """What was taken and not given back; None while nothing was taken. Raises LookupError for an unknown payment."""
        response = self._http.get(f"/payments/{payment_id}", headers=_headers(caller))
        if response.status_code == httpx.codes.NOT_FOUND:
            raise LookupError(response.json()["detail"])
        payment = response.raise_for_status().json()
        if payment["status"] != "CAPTURED":
            return None
        return Money(payment["amount"]["amount"] - payment["refunded"]["amount"], payment["amount"]["currency"])

    def refund(self, payment_id: str, amount: Money, caller: Caller) -> None:
        """Give all of a captured payment back, because its order was cancelled."""
        body = {"amount": amount.to_json(), "reason": "ORDER_CANCELLED"}
        self._post(f"/payments/{payment_id}/refunds", body, f"refund-{payment_id}", caller)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _post(self, path: str, body: dict[str, Any], key: str, caller: Caller) -> dict[str, Any]:
        """The idempotency key names the intended effect, so that a repeated attempt has it once."""
        headers = _headers(caller) | {"Idempotency-Key": key}
        return self._http.post(path, json=body, headers=headers).raise_for_status().json()


def _headers(caller: Caller) -> dict[str, str]:
    return {"X-Tenant-Id": caller.tenant, "X-Correlation-Id": caller.correlation}
