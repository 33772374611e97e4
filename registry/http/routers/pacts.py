"""Pacts and their verifications."""

from __future__ import annotations

import base64
from typing import Annotated

from fastapi import APIRouter
from fastapi import Query as InQuery
from pydantic import Field

from registry.domain.errors import NotFound, StateConflict, WrongKind
from registry.http.access import Caller
from registry.http.models.base import Digest, Limit, Line, Page, Query, page_of
from registry.http.models.pacts import PactFull, PactOut, VerificationIn, VerificationOut
from registry.http.responses import BODY, problems
from registry.http.routes import Route
from registry.http.runtime import Running
from registry.services.verifications import record_verifications

router = APIRouter(route_class=Route, tags=["pacts"])


class PactQuery(Query):
    """Which pacts, and where the page begins: those that came before the one of this cursor."""

    provider: Line | None = None
    consumer: Line | None = None
    before: int | None = Field(default=None, ge=1, le=2**53)
    limit: Limit = 50


@router.get("/pacts", responses=problems())
def get_pacts(query: Annotated[PactQuery, InQuery()], runtime: Running) -> Page[PactOut]:
    """List pact contents, newest first."""
    with runtime.database.read() as store:
        pacts = store.pacts.newest(query.provider, query.consumer, before=query.before, limit=query.limit + 1)
        return page_of([(str(pact.id), PactOut.model_validate(pact)) for pact in pacts], query.limit)


@router.get("/pacts/{content}", responses=problems(NotFound, StateConflict))
def get_pact(content: Digest, runtime: Running) -> PactFull:
    """A pact with its newest file and its verifications."""
    with runtime.database.read() as store:
        publication = store.pacts.latest_publication(store.pacts.by_content(content))
        file = base64.b64encode(store.revisions.blob(publication.blob)).decode()
        return PactFull.assembled(publication, file, store.pacts.verifications(content))


@router.post("/verifications", status_code=201, responses=problems(*BODY, WrongKind, NotFound))
def post_verification(body: VerificationIn, runtime: Running, caller: Caller) -> Page[VerificationOut]:
    """Record a run of a provider version against pacts; pacts of equal content inherit it."""
    report = body.report(runtime.limits)
    records = runtime.database.write(lambda store: record_verifications(store, report, actor=caller, now=runtime.clock()))
    return Page(items=[VerificationOut.model_validate(record) for record in records], next=None)
