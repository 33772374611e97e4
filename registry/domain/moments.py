"""Points in time as people write them."""

from __future__ import annotations

from datetime import UTC, datetime


def moment_of(text: str) -> datetime:
    """A date (its first instant) or a date-time, in UTC where it names no zone. Raises ValueError for any other text."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
