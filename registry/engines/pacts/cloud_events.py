"""Recognising a CloudEvent in a message (CloudEvents 1.0)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from registry.domain.change import Json
from registry.engines.pacts.pact import Message

_STRUCTURED = "application/cloudevents+json"
# Binary mode: the attributes' names in the HTTP, Kafka, AMQP and NATS bindings.
_PREFIXES = ("ce-", "ce_", "cloudevents:", "cloudevents_")


@dataclass(frozen=True, slots=True)
class CloudEvent:
    """What a CloudEvent says of itself. `enveloped`: the message's contents are the event, with its payload under `data`."""

    type: str
    dataschema: str
    enveloped: bool


def cloud_event(message: Message) -> CloudEvent | None:
    """The CloudEvent that a message is: in its contents (structured mode) or its metadata (binary mode)."""
    body = message.contents
    if body is not None and isinstance(body.content, Mapping):
        declared = body.content_type.partition(";")[0].strip().lower() == _STRUCTURED
        if declared or "specversion" in body.content:
            return _event(body.content, enveloped=True)
    attributes = {name.lower(): value for name, value in message.metadata.items()}
    prefixed = {name[len(prefix) :]: value for name, value in attributes.items() if (prefix := _prefix(name))}
    if prefixed:
        return _event(prefixed, enveloped=False)
    return _event(attributes, enveloped=False) if "specversion" in attributes else None


def _prefix(name: str) -> str:
    return next((prefix for prefix in _PREFIXES if name.startswith(prefix)), "")


def _event(attributes: Mapping[str, Json], *, enveloped: bool) -> CloudEvent | None:
    kind, schema = attributes.get("type"), attributes.get("dataschema")
    if not isinstance(kind, str):
        return None
    return CloudEvent(kind, schema if isinstance(schema, str) else "", enveloped)
