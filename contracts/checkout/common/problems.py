"""What goes wrong in a reference service, said as `application/problem+json` (RFC 9457)."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

MEDIA_TYPE = "application/problem+json"


@dataclass(eq=False)
class Problem(Exception):
    """A refusal with a stable code."""

    status: int
    code: str
    title: str
    detail: str = ""

    def response(self) -> JSONResponse:
        """The answer that tells it."""
        body = {
            "type": f"https://shop.example/problems/{self.code}",
            "title": self.title,
            "status": self.status,
            "code": self.code,
        }
        return JSONResponse(body | ({"detail": self.detail} if self.detail else {}), self.status, media_type=MEDIA_TYPE)


def bad_request(detail: str) -> Problem:
    """A request that is not well formed."""
    return Problem(400, "bad-request", "The request is not well formed", detail)


def install(app: FastAPI) -> None:
    """Make every error of an application a problem."""

    @app.exception_handler(Problem)
    async def tell(_request: Request, problem: Problem) -> JSONResponse:
        return problem.response()

    @app.exception_handler(RequestValidationError)
    async def tell_invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        return bad_request(f"{first['loc'][-1]}: {first['msg']}").response()

    @app.exception_handler(HTTPException)
    async def tell_http(_request: Request, error: HTTPException) -> JSONResponse:
        return Problem(error.status_code, "http", str(error.detail)).response()
