"""Amounts of money in the minor unit of their currency."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Money:
    """`amount` is in minor units (cents), `currency` an ISO 4217 code."""

    amount: int
    currency: str

    @staticmethod
    def of(value: Mapping[str, Any]) -> Money:
        """Read from JSON, as every contract of the platform writes it."""
        return Money(value["amount"], value["currency"])

    def to_json(self) -> dict[str, Any]:
        """Written as every contract of the platform has it."""
        return {"amount": self.amount, "currency": self.currency}

    def times(self, quantity: int) -> Money:
        """So many times this amount."""
        return Money(self.amount * quantity, self.currency)


def sum_of(amounts: Iterable[Money], currency: str) -> Money:
    """The sum, zero when there is nothing to add. Raises ValueError when an amount is in another currency."""
    total = 0
    for money in amounts:
        if money.currency != currency:
            raise ValueError(f"cannot add {money.currency} to {currency}")
        total += money.amount
    return Money(total, currency)
