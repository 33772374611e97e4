"""Short pacts for tests."""

from __future__ import annotations

import json
from typing import Any

from registry.engines.pacts.pact import Pact
from registry.engines.pacts.parsing import parse
from registry.engines.pacts.usage import HttpUse, MessageUse, usage


def pact_of(*interactions: dict[str, Any], version: str = "2.0.0", **members: Any) -> Pact:
    """The pact of a storefront with the cart service."""
    document = {
        "consumer": {"name": "storefront"},
        "provider": {"name": "cart"},
        "interactions": interactions,
        "metadata": {"pactSpecification": {"version": version}},
    }
    return parse("pact.json", json.dumps(document | members).encode())


def http(request: dict[str, Any] | None = None, response: dict[str, Any] | None = None, **members: Any) -> dict[str, Any]:
    """An HTTP interaction: a cart is read."""
    return {
        "description": "a cart",
        "request": {"method": "GET", "path": "/carts/1"} | (request or {}),
        "response": {"status": 200} | (response or {}),
    } | members


def event(contents: Any, content_type: str = "application/json", **members: Any) -> dict[str, Any]:
    """A message interaction of version 4."""
    record = {"content": contents, "contentType": content_type, "encoded": False}
    return {"type": "Asynchronous/Messages", "description": "an event", "contents": record} | members


def http_use(*interactions: dict[str, Any], version: str = "2.0.0") -> HttpUse:
    """What the only interaction of a pact uses."""
    (use,) = usage(pact_of(*interactions, version=version))
    assert isinstance(use, HttpUse)
    return use


def message_use(*interactions: dict[str, Any]) -> MessageUse:
    """What the only message of a version 4 pact uses."""
    (use,) = usage(pact_of(*interactions, version="4.0"))
    assert isinstance(use, MessageUse)
    return use
