"""When a deprecated element may go: `x-sunset`, an RFC 3339 full-date (until 24:00 UTC that day) or date-time."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from registry.domain.change import Json

_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DATE_TIME: Final = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})", re.ASCII)


def sunset_of(value: Json) -> datetime | None:
    """The moment from which the element may be gone; None when the text is neither a full-date nor a date-time (RFC 3339, 5.6)."""
    if not isinstance(value, str):
        return None
    try:
        if _DATE.fullmatch(value):
            return datetime.fromisoformat(value).replace(tzinfo=UTC) + timedelta(days=1)
        if _DATE_TIME.fullmatch(value):
            return datetime.fromisoformat(value.upper())
    except (ValueError, OverflowError):
        return None
    return None
