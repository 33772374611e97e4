"""Time and chance, handed to the reference services as arguments."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import uuid4


def _now() -> datetime:
    return datetime.now(UTC)


class Identifiers:
    """Makes identifiers. A provider state may choose the next ones of a kind, so that a pact can name them."""

    def __init__(self) -> None:
        self._chosen: defaultdict[str, deque[str]] = defaultdict(deque)

    def choose(self, prefix: str, identifier: str) -> None:
        """Let `make(prefix)` return this identifier next."""
        self._chosen[prefix].append(identifier)

    def make(self, prefix: str) -> str:
        """A new identifier such as `ord-6f1c2a9e0b7d`."""
        chosen = self._chosen[prefix]
        return chosen.popleft() if chosen else f"{prefix}-{uuid4().hex[:12]}"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a service needs from outside to be deterministic inside."""

    now: Callable[[], datetime] = _now
    identifiers: Identifiers = field(default_factory=Identifiers)


def timestamp(moment: datetime) -> str:
    """RFC 3339 in UTC with seconds, as every contract of the platform writes times."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
