"""How every page answers: with a strict content security policy, and with a page even when something is wrong."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

from registry.domain.errors import BadRequest, InterlockError, Unauthenticated
from web.site import render

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
"""On every answer: no script runs, nothing is loaded from elsewhere, and no other site frames a page."""


class PageRoute(APIRoute):
    """A route whose errors are pages."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler with errors rendered and headers set."""
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                response = await handle(request)
            except InterlockError as error:
                response = error_page(error)
            except RequestValidationError as error:
                response = error_page(BadRequest("; ".join(_problem(fault) for fault in error.errors())))
            for name, value in HEADERS.items():
                response.headers.setdefault(name, value)
            return response

        return answer


def error_page(error: InterlockError) -> Response:
    """The page that says what is wrong, where, and what to do about it."""
    response = render("error.html", status=error.status, error=error)
    response.headers.update(HEADERS)
    if isinstance(error, Unauthenticated):
        # A browser then asks for a token and sends it as the password.
        response.headers["WWW-Authenticate"] = 'Basic realm="Interlock: a token as the password", charset="UTF-8"'
    return response


def _problem(fault: dict[str, Any]) -> str:
    return f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"
