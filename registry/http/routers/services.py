"""Services and their versions."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi import Path as InPath
from fastapi import Query as InQuery
from pydantic import Field

from registry.domain.errors import NotFound
from registry.http.access import Caller
from registry.http.models.base import Limit, Name, Page, Query, page_of
from registry.http.models.services import (
    ServiceFull,
    ServiceOut,
    ServiceRow,
    ServiceTransferIn,
    ServiceVersionFull,
    ServiceVersionOut,
)
from registry.http.responses import BODY, problems
from registry.http.routes import Route
from registry.http.runtime import Running
from registry.services.catalog import services as catalog
from registry.services.ownership import transfer_service

router = APIRouter(prefix="/services", route_class=Route, tags=["services"])


class ServiceQuery(Query):
    """Where the page begins."""

    after: Name | None = None
    limit: Limit = 50


class ServiceVersionQuery(Query):
    """Where the page begins: versions that were published before the one of this cursor."""

    before: int | None = Field(default=None, ge=1, le=2**53)
    limit: Limit = 50


@router.get("", responses=problems())
def get_services(query: Annotated[ServiceQuery, InQuery()], runtime: Running) -> Page[ServiceRow]:
    """List services by name."""
    with runtime.database.read() as store:
        # Sorted here: the cursor is compared here too, and a database may order names by another collation.
        rows = sorted(((row.service.name, row) for row in catalog.services(store)), key=lambda pair: pair[0])
        found = [(name, ServiceRow.of(row)) for name, row in rows if query.after is None or name > query.after]
        return page_of(found, query.limit)


@router.get("/{name}", responses=problems(NotFound))
def get_service(name: Name, runtime: Running) -> ServiceFull:
    """A service: what its newest version provides and consumes, and what runs of it."""
    with runtime.database.read() as store:
        return ServiceFull.of(catalog.service(store, name))


@router.get("/{name}/versions", responses=problems(NotFound))
def get_service_versions(name: Name, query: Annotated[ServiceVersionQuery, InQuery()], runtime: Running) -> Page[ServiceVersionOut]:
    """The published versions of a service, newest first."""
    with runtime.database.read() as store:
        versions = store.services.versions(store.services.by_name(name), query.limit + 1, before=query.before)
        return page_of([(str(row.id), ServiceVersionOut.model_validate(row)) for row in versions], query.limit)


@router.get("/{name}/versions/{version:path}", responses=problems(NotFound))
def get_service_version(
    name: Name, version: Annotated[str, InPath(max_length=255, pattern=r"^[^\x00-\x1f\x7f]+$")], runtime: Running
) -> ServiceVersionFull:
    """A version of a service, with what it provides and consumes, and where it ran."""
    with runtime.database.read() as store:
        found = store.services.version(store.services.by_name(name), version)
        bindings = store.services.bindings(version_ids=[found.id])
        return ServiceVersionFull.assembled(found, bindings, store.environments.history([found.id]))


@router.post("/{name}/transfer", responses=problems(*BODY, NotFound))
def post_service_transfer(name: Name, body: ServiceTransferIn, runtime: Running, caller: Caller) -> ServiceOut:
    """Give a service to another team, with its entities and its contracts."""
    record = runtime.database.write(lambda store: transfer_service(store, name, team=body.team, actor=caller, now=runtime.clock()))
    return ServiceOut.model_validate(record)
