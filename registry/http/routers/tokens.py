"""Access tokens."""

from __future__ import annotations

from fastapi import APIRouter

from registry.domain.errors import NotFound, StateConflict
from registry.http.access import Caller
from registry.http.models.administration import NewTokenOut, TokenIn, TokenOut
from registry.http.models.base import Name, Page
from registry.http.responses import BODY, problems
from registry.http.routes import Route
from registry.http.runtime import Running
from registry.services.tokens import create_token, list_tokens, revoke_token

router = APIRouter(prefix="/tokens", route_class=Route, tags=["access"])


@router.get("", responses=problems())
def get_tokens(runtime: Running, caller: Caller) -> Page[TokenOut]:
    """All tokens by name, without their secrets."""
    with runtime.database.read() as store:
        return Page(items=[TokenOut.of(record) for record in list_tokens(store, actor=caller)], next=None)


@router.post("", status_code=201, responses=problems(*BODY, StateConflict))
def post_token(body: TokenIn, runtime: Running, caller: Caller) -> NewTokenOut:
    """Make a token. Its secret is in this answer and nowhere else."""
    request = body.request()
    record, secret = runtime.database.write(
        lambda store: create_token(
            store, request, key=runtime.key, randomness=runtime.randomness, actor=caller, now=runtime.clock()
        )
    )
    return NewTokenOut.with_secret(record, secret)


@router.delete("/{name}", responses=problems(NotFound))
def delete_token(name: Name, runtime: Running, caller: Caller) -> TokenOut:
    """Revoke a token; it stays in the list."""
    record = runtime.database.write(lambda store: revoke_token(store, name, actor=caller, now=runtime.clock()))
    return TokenOut.of(record)
