"""The native API as an application."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute

from registry.http import openapi, problems
from registry.http.middleware import Surroundings
from registry.http.routers import (
    audit,
    checks,
    contracts,
    deployability,
    environments,
    health,
    pacts,
    publications,
    releases,
    revisions,
    services,
    tokens,
)
from registry.http.runtime import Runtime

PREFIX = "/api/v1"

_NOUNS = (
    publications,
    checks,
    contracts,
    releases,
    revisions,
    services,
    environments,
    deployability,
    pacts,
    tokens,
    audit,
)


class Api(FastAPI):
    """The application, with its own API document."""

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI document, made once."""
        if self.openapi_schema is None:
            self.openapi_schema = openapi.document(self)
        return self.openapi_schema


def create_api(runtime: Runtime) -> Api:
    """The API over a running registry."""
    app = routes_only()
    app.state.runtime = runtime
    return app


def routes_only() -> Api:
    """The application before it has a registry: enough for its document. Whoever serves it sets `app.state.runtime`.

    FastAPI's interactive documentation is off: it would load scripts from elsewhere.
    """
    app = Api(
        title="Interlock",
        version=version("interlock-registry"),
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_closing_the_database,
        generate_unique_id_function=_operation_id,
    )
    problems.install(app)
    app.add_middleware(Surroundings)
    api = APIRouter(prefix=PREFIX)
    for noun in _NOUNS:
        api.include_router(noun.router)
    app.include_router(api)
    app.include_router(health.router)
    return app


@asynccontextmanager
async def _closing_the_database(app: FastAPI) -> AsyncGenerator[None]:
    yield
    runtime: Runtime = app.state.runtime
    runtime.database.close()


def _operation_id(route: APIRoute) -> str:
    return route.name
