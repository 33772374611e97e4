"""Errors as problem details (RFC 9457), rendered in one place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import iter_route_contexts
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.routing import Match

from registry.domain import comparison_json
from registry.domain.change import Comparison
from registry.domain.errors import BadRequest, InterlockError, Unauthenticated, Unavailable
from registry.domain.location import Location, child
from registry.http.correlation import correlation_id
from registry.http.models.comparison import Place
from registry.services.publication_json import BODY

MEDIA_TYPE = "application/problem+json"

_SAID_ELSEWHERE = frozenset({"problem", "location", "hint"})
"""Facts that are in the problem's own members already."""


class Problem(BaseModel):
    """What went wrong, where, and what to do about it (RFC 9457)."""

    model_config = ConfigDict(title="Problem")

    type: str = Field(description="A URI that names the kind of problem: `urn:interlock:problem:` and the code.")
    title: str = Field(description="The kind of problem in words.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="This occurrence in one sentence, with the facts.")
    code: str = Field(description="The stable code of the kind of problem; programs decide by it.")
    place: Place | None = Field(description="Where it is wrong, when that is one place. The file `body` is the request's body.")
    next_step: str = Field(description="What the caller can do about it.")
    facts: dict[str, Any] = Field(description="What the detail tells, for programs. A refused release carries its `comparison`.")
    correlation_id: str = Field(description="What to look for in the registry's log.")


def install(app: FastAPI) -> None:
    """Have every error of an application rendered as a problem."""
    app.add_exception_handler(InterlockError, _interlock_error)
    app.add_exception_handler(RequestValidationError, _invalid_request)
    app.add_exception_handler(HTTPException, _framework_error)


async def _interlock_error(_request: Request, error: Exception) -> JSONResponse:
    return problem_of(cast("InterlockError", error))


async def _invalid_request(_request: Request, error: Exception) -> JSONResponse:
    return problem_of(_bad_request(cast("RequestValidationError", error)))


async def _framework_error(request: Request, error: Exception) -> JSONResponse:
    return _framework_problem(request, cast("HTTPException", error))


def problem_of(error: InterlockError) -> JSONResponse:
    """The response for an error of the domain."""
    headers = {"WWW-Authenticate": "Bearer"} if isinstance(error, Unauthenticated) else {}
    if isinstance(error, Unavailable):
        headers["Retry-After"] = "1"
    structlog.contextvars.bind_contextvars(problem=error.code)
    return _response(
        error.status,
        code=error.code,
        title=error.title,
        detail=error.message,
        place=error.place,
        next_step=error.next_step,
        facts={name: _fact(value) for name, value in error.facts().items() if name not in _SAID_ELSEWHERE},
        headers=headers,
    )


def unexpected() -> JSONResponse:
    """The response for an error that nobody foresaw; what it was is only in the log."""
    return _response(
        500,
        code="internal",
        title="Internal error",
        detail="The registry failed in a way that nobody foresaw; nothing was written.",
        next_step="Report it with the correlation id, which the registry's log also carries.",
    )


def _framework_problem(request: Request, error: HTTPException) -> JSONResponse:
    if error.status_code == 405:
        return _response(
            405,
            code="method-not-allowed",
            title="Method not allowed",
            detail=f"{request.url.path} does not answer to {request.method}.",
            next_step="Use a method of the Allow header.",
            headers={"Allow": ", ".join(_methods_at(request))},
        )
    if error.status_code == 404:
        return _response(
            404,
            code="not-found",
            title="Not found",
            detail=f"There is no resource at {request.url.path}.",
            next_step="Check the address against the API document at /api/v1/openapi.json.",
        )
    return _response(
        error.status_code,
        code="bad-request",
        title="Bad request",
        detail=str(error.detail),
        next_step=BadRequest.advice,
        headers=error.headers,
    )


def _methods_at(request: Request) -> list[str]:
    """The methods of every route at an address; the framework names those of the first one only."""
    matching = (route for route in iter_route_contexts(request.app.routes) if route.matches(request.scope)[0] is not Match.NONE)
    return sorted({method for route in matching for method in route.methods or ()})


def _bad_request(error: RequestValidationError) -> BadRequest:
    """The first of what is wrong, with how much more there is."""
    errors = error.errors()
    first = errors[0]
    source, *path = first["loc"]
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    problem = first["msg"].removeprefix("Value error, ")
    return BadRequest(f"{problem}{more}.", Location(str(source) if source != "body" else BODY, child("", *path)))


def _response(
    status: int,
    *,
    code: str,
    title: str,
    detail: str,
    next_step: str,
    place: Location | None = None,
    facts: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    problem = Problem(
        type=f"urn:interlock:problem:{code}",
        title=title,
        status=status,
        detail=detail,
        code=code,
        place=None if place is None else Place.of(place),
        next_step=next_step,
        facts=dict(facts or {}),
        correlation_id=correlation_id(),
    )
    return JSONResponse(problem.model_dump(mode="json"), status, headers, media_type=MEDIA_TYPE)


def _fact(value: Any) -> Any:
    return comparison_json.to_json(value) if isinstance(value, Comparison) else value
