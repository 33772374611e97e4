"""Events in CloudEvents 1.0 envelopes: how the reference services announce them and how they read them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar
from uuid import uuid4

from contracts.checkout.common.surroundings import Surroundings, timestamp

Event: TypeAlias = "dict[str, Any]"
"""An envelope in the structured JSON mode, as the schemas below `events/` describe it."""

Reader = TypeVar("Reader")

MEDIA_TYPE = "application/cloudevents+json"


@dataclass(frozen=True, slots=True)
class Caller:
    """On whose behalf something happens: the shop, and the checkout that it is part of."""

    tenant: str
    correlation: str


@dataclass(frozen=True, slots=True)
class EventType:
    """One major line of one event."""

    service: str
    name: str
    major: int = 1

    @property
    def type(self) -> str:
        """The CloudEvents type."""
        return f"shop.checkout.{self.service}.{self.name}.v{self.major}"

    @property
    def schema(self) -> str:
        """The `$id` of the schema."""
        stem = re.sub(r"(?<!^)(?=[A-Z])", "-", self.name).lower()
        return f"https://contracts.shop.example/checkout/{self.service}/{stem}.v{self.major}.schema.json"


class Outbox:
    """What a service has announced, oldest first."""

    def __init__(self, surroundings: Surroundings) -> None:
        self.events: list[Event] = []
        self._surroundings = surroundings

    def announce(self, kind: EventType, subject: str, data: Mapping[str, Any], caller: Caller) -> None:
        """Append an immutable fact."""
        self.events.append(
            {
                "specversion": "1.0",
                "id": str(uuid4()),
                "source": f"/checkout/{kind.service}",
                "type": kind.type,
                "subject": subject,
                "time": timestamp(self._surroundings.now()),
                "dataschema": kind.schema,
                "datacontenttype": "application/json",
                "correlationid": caller.correlation,
                "tenantid": caller.tenant,
                "data": dict(data),
            }
        )

    def latest(self, kind: EventType) -> Event:
        """The newest event of a type. Raises LookupError when there is none."""
        for event in reversed(self.events):
            if event["type"] == kind.type:
                return event
        raise LookupError(f"no {kind.type} was announced")


class Inbox:
    """Remembers which events a service has acted on: the id is the idempotency key."""

    def __init__(self) -> None:
        self._done: set[str] = set()

    def is_new(self, event: Event) -> bool:
        """Whether the service has still to act on the event."""
        return event["id"] not in self._done

    def done(self, event: Event) -> None:
        """The service has acted on the event."""
        self._done.add(event["id"])


Handler: TypeAlias = "Callable[[Reader, Mapping[str, Any], Caller], None]"
"""Takes the reading service, the event's data and the caller on whose behalf it happened."""


def dispatch(handlers: Mapping[str, Handler[Reader]], inbox: Inbox, reader: Reader, event: Event) -> None:
    """Let the handler of the event's type act on it, once; again if it failed. Types that nobody handles are for others."""
    handler = handlers.get(event["type"])
    if handler is not None and inbox.is_new(event):
        handler(reader, event["data"], Caller(event["tenantid"], event["correlationid"]))
        inbox.done(event)
