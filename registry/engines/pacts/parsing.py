"""Reading pact files of the specification's versions 1 to 4."""

from __future__ import annotations

import re

from registry.engines.documents.document import read
from registry.engines.documents.limits import Limits
from registry.engines.pacts.http_parsing import http_exchange
from registry.engines.pacts.message_parsing import event_message, message_exchange
from registry.engines.pacts.node import Node
from registry.engines.pacts.pact import Exchange, Interaction, OtherExchange, Pact, ProviderState
from registry.engines.pacts.protobuf_parsing import protobuf_interactions

_VERSION = re.compile(r"[vV]?(?P<major>[1-4])(?:\.(?P<minor>\d{1,3}))?(?:\.\d+)?")
# What a file without a version is read as, like the reference implementation does.
_UNDECLARED = (3, 0)


def parse(name: str, data: bytes, limits: Limits = Limits()) -> Pact:
    """Read one pact file.

    Raises WrongKind, at its place, for what is not a pact of versions 1 to 4, and whatever `documents.document.read` raises.
    """
    document = read(name, data, limits)
    root = Node(document, "", document.value)
    consumer, provider = (_participant(root, role) for role in ("consumer", "provider"))
    version = _specification(root)
    interactions = root.get("interactions")
    messages = root.get("messages")
    return Pact(
        name,
        consumer,
        provider,
        version,
        (
            *(_interaction(item, version) for item in (interactions.items() if interactions else ())),
            *(_message(item) for item in (messages.items() if messages else ())),
        ),
        tuple(protobuf_interactions(root)),
    )


def _participant(root: Node, role: str) -> str:
    name = root.need(role).need("name")
    if not name.text().strip():
        raise name.refusal("must not be empty")
    return name.text()


def _specification(root: Node) -> tuple[int, int]:
    """The declared version. Older libraries spelled the member otherwise, or wrote the number alone."""
    metadata = root.get("metadata")
    if metadata is None:
        return _UNDECLARED
    declared = metadata.get("pactSpecification") or metadata.get("pact-specification")
    version = declared.get("version") if declared else metadata.get("pactSpecificationVersion")
    if version is None:
        return _UNDECLARED
    match = _VERSION.fullmatch(str(version.value))
    if match is None:
        raise version.refusal("is not a version of the Pact specification from 1 to 4")
    return int(match["major"]), int(match["minor"] or 0)


def _interaction(item: Node, version: tuple[int, int]) -> Interaction:
    kind = item.get("type")
    described = item.get("description")
    return Interaction(
        described.text() if described else "",
        _states(item),
        _exchange(item, kind.text() if kind else "Synchronous/HTTP", typed=kind is not None or version >= (4, 0)),
        item.object(),
    )


def _exchange(item: Node, kind: str, *, typed: bool) -> Exchange:
    if kind == "Synchronous/HTTP":
        return http_exchange(item, typed=typed)
    if kind == "Asynchronous/Messages":
        return event_message(item, typed=True)
    if kind == "Synchronous/Messages":
        return message_exchange(item)
    return OtherExchange(kind)


def _message(item: Node) -> Interaction:
    """An entry of version 3's `messages`."""
    described = item.get("description")
    return Interaction(described.text() if described else "", _states(item), event_message(item, typed=False), item.object())


def _states(item: Node) -> tuple[ProviderState, ...]:
    several = item.get("providerStates")
    if several is not None and not isinstance(several.value, str):
        return tuple(_state(state) for state in several.items())
    one = several or item.get("providerState") or item.get("provider_state")
    return (ProviderState(one.text(), {}),) if one else ()


def _state(state: Node) -> ProviderState:
    params = state.get("params")
    return ProviderState(state.need("name").text(), params.object() if params else {})
