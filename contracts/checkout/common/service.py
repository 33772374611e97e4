"""What the HTTP faces of all reference services have in common."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any, TypeAlias, TypeVar
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, FastAPI, Header, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from contracts.checkout.common import idempotency, problems
from contracts.checkout.common.events import MEDIA_TYPE, Caller, Event
from contracts.checkout.common.money import Money

Model = TypeVar("Model")

State: TypeAlias = "Callable[[Model, Mapping[str, Any]], None]"
"""Brings a fresh model into a state that a pact names; takes the state's parameters."""

Message: TypeAlias = "Callable[[Model], Event]"
"""Finds, in the state that a pact named, the event that the pact is about."""


class Body(BaseModel):
    """A request body, in camel case on the wire. Unknown properties are ignored, so that clients may be newer."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class MoneyBody(Body):
    """Money in a request."""

    amount: int
    currency: str

    def value(self) -> Money:
        """As the models have it."""
        return Money(self.amount, self.currency)


def _caller(
    request: Request,
    x_tenant_id: Annotated[str, Header(pattern="^[a-z0-9][a-z0-9-]{1,62}$")],
    x_correlation_id: Annotated[UUID | None, Header()] = None,
) -> Caller:
    return Caller(x_tenant_id, str(x_correlation_id or request.state.correlation))


CallerOf = Annotated[Caller, Depends(_caller)]


def service_app(
    router: APIRouter,
    make_model: Callable[[], Model],
    states: Mapping[str, State[Model]],
    messages: Mapping[str, Message[Model]],
) -> FastAPI:
    """An application over a model in memory, with the endpoints by which Pact's verifier prepares states and asks for messages."""
    app = FastAPI(openapi_url=None)
    app.state.model = make_model()
    problems.install(app)
    idempotency.install(app)

    @app.middleware("http")
    async def correlate(request: Request, proceed: Callable[[Request], Awaitable[Response]]) -> Response:
        request.state.correlation = request.headers.get("X-Correlation-Id") or str(uuid4())
        response = await proceed(request)
        response.headers["X-Correlation-Id"] = request.state.correlation
        return response

    @app.post("/_pact/state")
    def prepare(change: dict[str, Any]) -> dict[str, Any]:
        if change.get("action") == "setup":
            app.state.model = make_model()
            idempotency.forget(app)
            if change["state"]:
                states[change["state"]](app.state.model, change.get("params") or {})
        return {}

    @app.post("/_pact/message")
    def produce(wanted: dict[str, Any]) -> Response:
        event = messages[wanted["description"]](app.state.model)
        return JSONResponse(event, media_type=MEDIA_TYPE)

    app.include_router(router)
    return app
