"""The route that every operation of the API uses: first who, then the body, then the handler. Deny by default."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, ClassVar

import structlog
from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool

from registry.domain.errors import Unauthenticated
from registry.http.access import ANONYMOUS, identify
from registry.http.bodies import read_body
from registry.http.runtime import runtime_of
from registry.services.permissions import require_read


class Route(APIRoute):
    """An operation: GET is for every reader, anything else for callers that are known by name."""

    for_readers: ClassVar[frozenset[str]] = frozenset({"GET"})

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler behind the door. Nothing of a body is read for a caller who may not come in."""
        handle = super().get_route_handler()
        takes_body = self.body_field is not None

        async def guarded(request: Request) -> Response:
            runtime = runtime_of(request)
            actor = await run_in_threadpool(identify, request, runtime)
            structlog.contextvars.bind_contextvars(actor=actor.name)
            require_read(actor)
            if actor == ANONYMOUS and request.method not in self.for_readers:
                raise Unauthenticated("Whoever changes something has to say who it is: this needs a token.")
            request.state.actor = actor
            return await handle(await read_body(request, runtime.limits, runtime.body_bytes) if takes_body else request)

        return guarded


class ReadingRoute(Route):
    """An operation that changes nothing, whatever its method: its question is too long for a query string."""

    for_readers: ClassVar[frozenset[str]] = frozenset({"GET", "POST"})
