"""What surrounds every request: a correlation id, one log line, security headers, and an end for errors that nobody foresaw."""

from __future__ import annotations

from time import perf_counter

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from registry.http import correlation
from registry.http.problems import unexpected
from registry.http.runtime import Runtime

_log = structlog.stdlib.get_logger("registry.http")

_SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}
"""Headers of every response that does not say otherwise: pages bring a policy of their own, immutable files may be kept."""


class Surroundings:
    """ASGI middleware, the outermost of all."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        runtime: Runtime = scope["app"].state.runtime
        identifier = correlation.accept(Headers(scope=scope).get(correlation.HEADER), runtime.new_id())
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(correlation_id=identifier)
        response = _Response(send, identifier)
        began = perf_counter()
        try:
            await self._app(scope, receive, response.send)
        except Exception:
            _log.exception("unexpected error", method=scope["method"], path=scope["path"])
            if response.status is not None:
                raise  # the status is on the wire already; the server breaks the connection off
            await unexpected()(scope, receive, response.send)
        finally:
            duration_ms = round((perf_counter() - began) * 1000, 1)
            _log.info("request", method=scope["method"], path=scope["path"], status=response.status, duration_ms=duration_ms)


class _Response:
    """Adds headers to a response as it starts, and remembers its status."""

    def __init__(self, send: Send, identifier: str) -> None:
        self._send = send
        self._identifier = identifier
        self.status: int | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers[correlation.HEADER] = self._identifier
            for name, value in _SECURITY.items():
                headers.setdefault(name, value)
        await self._send(message)
