"""The numbered releases of a contract, and what happens to them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi import Query as InQuery
from pydantic import Field

from registry.domain.errors import BadVersion, NotFound, StateConflict
from registry.domain.records import ReleaseState
from registry.http.access import Caller
from registry.http.models.base import Limit, Name, Page, Query, Semver, page_of
from registry.http.models.releases import ChangelogEntry, ReleaseFull, ReleaseRow, ReleaseStateOut, StateChangeIn
from registry.http.responses import BODY, problems
from registry.http.routes import Route
from registry.http.runtime import Running
from registry.services.catalog import contracts as catalog
from registry.services.lifecycle import StateChange, change_state

router = APIRouter(prefix="/contracts/{name}", route_class=Route, tags=["contracts"])


class ReleaseQuery(Query):
    """Where the page begins: releases of a smaller ordinal."""

    before: int | None = Field(default=None, ge=1, le=2**53)
    limit: Limit = 50

    def admits(self, ordinal: int) -> bool:
        """Whether a release is on this page or a later one."""
        return self.before is None or ordinal < self.before


@router.get("/releases", responses=problems(NotFound))
def get_releases(name: Name, query: Annotated[ReleaseQuery, InQuery()], runtime: Running) -> Page[ReleaseRow]:
    """The releases of a contract, newest first."""
    with runtime.database.read() as store:
        contract = store.contracts.by_name(name)
        releases = store.catalog.releases([contract.id]).get(contract.id, ())
        return page_of([(str(row.ordinal), ReleaseRow.of(row)) for row in releases if query.admits(row.ordinal)], query.limit)


@router.get("/changelog", responses=problems(NotFound))
def get_changelog(name: Name, query: Annotated[ReleaseQuery, InQuery()], runtime: Running) -> Page[ChangelogEntry]:
    """The releases of a contract with their classified changes, newest first."""
    with runtime.database.read() as store:
        rows = [row for row in catalog.changelog(store, name) if query.admits(row.ordinal)]
        return page_of([(str(row.ordinal), ChangelogEntry.of(row)) for row in rows[: query.limit + 1]], query.limit)


@router.get("/releases/{version}", responses=problems(NotFound, BadVersion))
def get_release(name: Name, version: Semver, runtime: Running) -> ReleaseFull:
    """One release of a contract."""
    number = catalog.parsed_version(version)
    with runtime.database.read() as store:
        contract = store.contracts.by_name(name)
        release = store.releases.by_version(contract, number)
        return ReleaseFull.of(contract, release, store.releases.states(release))


@router.post("/releases/{version}/states", status_code=201, responses=problems(*BODY, NotFound, BadVersion, StateConflict))
def post_release_state(name: Name, version: Semver, body: StateChangeIn, runtime: Running, caller: Caller) -> ReleaseStateOut:
    """Deprecate, supersede or yank a release; the release itself stays as it was made."""
    number = catalog.parsed_version(version)
    change = StateChange(ReleaseState(body.state), body.reason, body.sunset)
    record = runtime.database.write(lambda store: change_state(store, name, number, change, actor=caller, now=runtime.clock()))
    return ReleaseStateOut.model_validate(record)
