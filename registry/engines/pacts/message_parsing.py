"""Message interactions of a pact file."""

from __future__ import annotations

from collections.abc import Mapping

from registry.domain.change import Json
from registry.engines.pacts.body_parsing import body_of
from registry.engines.pacts.node import Node
from registry.engines.pacts.pact import EventMessage, Message, MessageExchange
from registry.engines.pacts.rule_parsing import generators_of, rules_of


def event_message(item: Node, *, typed: bool) -> EventMessage:
    """A message that the provider sends. `typed` contents are records with content and content type (version 4)."""
    return EventMessage(_message(item, typed=typed))


def message_exchange(item: Node) -> MessageExchange:
    """A message to the provider and its answers (version 4)."""
    response = item.get("response")
    responses = response.items() if response else ()
    return MessageExchange(_message(item.need("request"), typed=True), tuple(_message(answer, typed=True) for answer in responses))


def _message(item: Node, *, typed: bool) -> Message:
    metadata = item.get("metadata") or item.get("metaData")
    values: Mapping[str, Json] = metadata.object() if metadata else {}
    declared = next((value for name, value in values.items() if name.lower() in ("contenttype", "content-type")), "")
    return Message(
        body_of(item, "contents", declared if isinstance(declared, str) else "", typed=typed),
        values,
        rules_of(item),
        generators_of(item),
    )
