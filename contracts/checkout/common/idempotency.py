"""Unsafe calls happen once: the same `Idempotency-Key` and request give the same answer."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from fastapi import FastAPI, Request, Response

from contracts.checkout.common.problems import Problem, bad_request

_UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})


@dataclass(frozen=True, slots=True)
class _Answer:
    fingerprint: str
    status: int
    headers: dict[str, str]
    body: bytes

    def response(self) -> Response:
        return Response(self.body, self.status, self.headers)


def forget(app: FastAPI) -> None:
    """Forget all answers: a service in another state would give others."""
    app.state.answers = {}


def install(app: FastAPI) -> None:
    """Remember the answers of unsafe operations by tenant and key, until they are forgotten."""
    forget(app)

    @app.middleware("http")
    async def once(request: Request, proceed: Callable[[Request], Awaitable[Response]]) -> Response:
        if request.method not in _UNSAFE or request.url.path.startswith("/_pact/"):
            return await proceed(request)
        key = request.headers.get("Idempotency-Key", "")
        if not 8 <= len(key) <= 64:
            return bad_request("Idempotency-Key: must have 8 to 64 characters").response()
        place = (request.headers.get("X-Tenant-Id", ""), key)
        fingerprint = hashlib.sha256(f"{request.method} {request.url.path}\n".encode() + await request.body()).hexdigest()
        answers: dict[tuple[str, str], _Answer] = app.state.answers
        known = answers.get(place)
        if known is None:
            answer = await _answer(fingerprint, await proceed(request))
            if answer.status < 400:  # what was refused changed nothing, and may be tried again with the same key
                answers[place] = answer
            return answer.response()
        if known.fingerprint != fingerprint:
            title = "The idempotency key was used before with another request"
            return Problem(422, "idempotency-key-reused", title).response()
        return known.response()


async def _answer(fingerprint: str, response: Response) -> _Answer:
    body = b"".join([chunk async for chunk in response.body_iterator])  # type: ignore[attr-defined]
    return _Answer(fingerprint, response.status_code, dict(response.headers), body)
