"""Reading request bodies strictly: what two JSON readers could understand differently is refused before anything looks at it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from registry.domain.change import Json
from registry.domain.errors import BadRequest, LimitExceeded, UnsupportedBody
from registry.engines.documents.json_text import read_json
from registry.engines.documents.limits import Limits
from registry.engines.documents.text import decode
from registry.services.publication_json import BODY

_MOST_VALUES = 200_000
"""Three for each file: far more files than a body has room for, and few enough for their errors to be told."""


class ReadRequest(Request):
    """A request whose body was read and parsed already; FastAPI takes the value from here."""

    def __init__(self, request: Request, value: Any) -> None:
        super().__init__(request.scope, request.receive)
        self._value = value

    async def body(self) -> bytes:
        """Something, so that FastAPI knows that there is a body."""
        return b"read"

    async def json(self) -> Any:
        """The value of the body."""
        return self._value


async def read_body(request: Request, limits: Limits, body_bytes: int) -> ReadRequest:
    """The request with its body as a value.

    Raises UnsupportedBody for an encoded body or another media type, LimitExceeded beyond `body_bytes` (counted as they arrive,
    whatever Content-Length claims), and the errors of `documents.document.read` for what is not plain JSON.
    """
    encoding = request.headers.get("content-encoding", "identity")
    if encoding.strip().lower() != "identity":
        raise UnsupportedBody(f"The body has the Content-Encoding {encoding!r}; none is read.")
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise UnsupportedBody(f"The body's Content-Type is {media_type or 'missing'!r}; application/json is read.")
    data = await _bytes(request, body_bytes)
    if not data:
        raise BadRequest("The body is empty.")
    return ReadRequest(request, await run_in_threadpool(_value, data, replace(limits, bytes=body_bytes, nodes=_MOST_VALUES)))


def _value(data: bytes, limits: Limits) -> Json:
    return read_json(BODY, decode(BODY, data, limits), limits)


async def _bytes(request: Request, limit: int) -> bytes:
    problem = f"The body is larger than {limit} bytes."
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared[:20]) > limit:
        raise LimitExceeded(problem)
    chunks: list[bytes] = []
    received = 0
    async for chunk in request.stream():
        received += len(chunk)
        if received > limit:
            raise LimitExceeded(problem)
        chunks.append(chunk)
    return b"".join(chunks)
