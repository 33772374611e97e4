"""The audit log."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi import Query as InQuery
from pydantic import Field

from registry.http.access import Caller
from registry.http.models.administration import AuditOut
from registry.http.models.base import Limit, Page, Query, page_of
from registry.http.responses import problems
from registry.http.routes import Route
from registry.http.runtime import Running
from registry.services.permissions import require_admin

router = APIRouter(route_class=Route, tags=["access"])


class AuditQuery(Query):
    """Of which subject, and where the page begins: rows older than the one of this id."""

    subject: Annotated[str, Field(max_length=512, pattern=r"^[^\x00-\x1f\x7f]*$")] | None = None
    before: int | None = Field(default=None, ge=1, le=2**53)
    limit: Limit = 50


@router.get("/audit", responses=problems())
def get_audit(query: Annotated[AuditQuery, InQuery()], runtime: Running, caller: Caller) -> Page[AuditOut]:
    """Who did what to which thing, newest first. It tells who acts, so only administrators read it."""
    require_admin(caller)
    with runtime.database.read() as store:
        rows = store.audit.newest(subject=query.subject, before=query.before, limit=query.limit + 1)
        return page_of([(str(row.id), AuditOut.model_validate(row)) for row in rows], query.limit)
