"""What a pact exercises of its provider: operations, parameters, headers and fields, and the messages that it reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from registry.domain.change import Json
from registry.domain.errors import LimitExceeded
from registry.domain.location import Location
from registry.engines.pacts.cloud_events import cloud_event
from registry.engines.pacts.fields import Work, field_paths
from registry.engines.pacts.pact import EventMessage, HttpExchange, Interaction, Message, MessageExchange, Pact


@dataclass(frozen=True, slots=True)
class HttpUse:
    """What one HTTP interaction sends and reads.

    `path` is the concrete path, without the query. Field paths are those of `fields.field_paths`: `$.lines[].sku`. Names are in
    the order and spelling of the file.
    """

    description: str
    method: str
    path: str
    query: tuple[str, ...]
    request_headers: tuple[str, ...]
    request_fields: tuple[str, ...]
    status: int
    response_headers: tuple[str, ...]
    response_fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MessageUse:
    """A message that the consumer reads (`read`), or sends to the provider to have it answered (`sent`).

    Field paths start at the message's contents. `event_type` and `dataschema` are those of a CloudEvent, "" otherwise; `enveloped`
    says that the contents are the CloudEvent itself, whose payload is under `$.data`, and not the payload alone.
    """

    description: str
    role: Literal["read", "sent"]
    fields: tuple[str, ...]
    metadata: Mapping[str, Json]
    event_type: str
    dataschema: str
    enveloped: bool


def usage(pact: Pact) -> tuple[HttpUse | MessageUse, ...]:
    """What each interaction uses, in the order of the file. An interaction of an unknown type is known to use nothing.

    Raises LimitExceeded when that is too much.
    """
    work = Work()
    try:
        return tuple(use for interaction in pact.interactions for use in _uses(interaction, work))
    except LimitExceeded as excess:
        raise LimitExceeded(excess.problem, Location(pact.name, "")) from None


def _uses(interaction: Interaction, work: Work) -> Iterator[HttpUse | MessageUse]:
    exchange = interaction.exchange
    if isinstance(exchange, HttpExchange):
        yield _http_use(interaction.description, exchange, work)
    elif isinstance(exchange, EventMessage):
        yield _message_use(interaction.description, "read", exchange.message, work)
    elif isinstance(exchange, MessageExchange):
        yield _message_use(interaction.description, "sent", exchange.request, work)
        for response in exchange.responses:
            yield _message_use(interaction.description, "read", response, work)


def _http_use(description: str, exchange: HttpExchange, work: Work) -> HttpUse:
    request, response = exchange.request, exchange.response
    return HttpUse(
        description,
        request.method,
        request.path,
        tuple(name for name, _ in request.query),
        tuple(name for name, _ in request.headers),
        field_paths(request.body, request.rules, work),
        response.status,
        tuple(name for name, _ in response.headers),
        field_paths(response.body, response.rules, work),
    )


def _message_use(description: str, role: Literal["read", "sent"], message: Message, work: Work) -> MessageUse:
    event = cloud_event(message)
    return MessageUse(
        description,
        role,
        field_paths(message.contents, message.rules, work),
        message.metadata,
        event.type if event else "",
        event.dataschema if event else "",
        event.enveloped if event else False,
    )
