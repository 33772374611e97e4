"""Bodies and message contents of a pact file."""

from __future__ import annotations

from registry.domain.change import Json
from registry.domain.errors import BadInput
from registry.engines.documents.document import read
from registry.engines.pacts.node import Node
from registry.engines.pacts.pact import Body


def body_of(message: Node, member: str, content_type: str, *, typed: bool) -> Body | None:
    """The body under a member of a message, or None when the pact says nothing about one.

    Up to version 3 the member is the content itself; a `typed` one is a record `{content, contentType, encoded}`.
    """
    if not typed:
        if member not in message.object():
            return None
        return _body(message.object()[member], content_type)
    record = message.get(member)
    if record is None or "content" not in record.object():
        return None
    declared = record.get("contentType")
    kind = declared.text() if declared else content_type
    content = record.object()["content"]
    if isinstance(content, str) and record.object().get("encoded") in (True, "base64"):
        return _decoded(record.need("content"), kind)
    return _body(content, kind)


def _body(content: Json, content_type: str) -> Body:
    is_json = names_json(content_type) if content_type else not isinstance(content, str)
    return Body(content, content_type or ("application/json" if is_json else "text/plain"), is_json)


def _decoded(content: Node, content_type: str) -> Body:
    data = content.base64()
    if names_json(content_type):
        try:
            return Body(read("body.json", data).value, content_type, is_json=True)
        except BadInput as fault:
            raise content.refusal(f"must be JSON in base64 ({fault.message})") from None
    return Body(content.text(), content_type or "application/octet-stream", is_json=False)


def names_json(content_type: str) -> bool:
    """Whether a media type is JSON (RFC 6839, section 3.1): `application/json`, or any with the suffix `+json`."""
    essence = content_type.partition(";")[0].strip().lower()
    return essence.endswith(("/json", "+json"))
