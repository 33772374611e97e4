"""Contracts: reading them, and what their owners do with them as a whole."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi import Query as InQuery
from pydantic import Field

from registry.domain.contract import ContractKind
from registry.domain.errors import BadVersion, NotFound, StateConflict
from registry.http.access import Caller
from registry.http.models.base import Limit, Name, Page, Query, Semver, page_of
from registry.http.models.comparison import WaiverOut
from registry.http.models.contracts import (
    ConsumerOut,
    ContractFull,
    ContractOut,
    ContractRow,
    DifferenceOut,
    RenameIn,
    TransferIn,
    WaiverIn,
)
from registry.http.responses import BODY, problems
from registry.http.routes import Route
from registry.http.runtime import Running
from registry.services.catalog import contracts as catalog
from registry.services.catalog.differences import difference
from registry.services.ownership import rename_contract, transfer_contract
from registry.services.waivers import add_waiver
from registry.storage.catalog import ContractFilter

router = APIRouter(prefix="/contracts", route_class=Route, tags=["contracts"])


class ContractQuery(Query):
    """Which contracts, and where the page begins."""

    service: Name | None = None
    kind: ContractKind | None = None
    events: bool | None = None
    after: Name | None = None
    limit: Limit = 50


class DiffQuery(Query):
    """Which two releases, in any order; the newest and the one before it when none is named."""

    old: Semver | None = Field(default=None, alias="from")
    new: Semver | None = Field(default=None, alias="to")


@router.get("", responses=problems())
def get_contracts(query: Annotated[ContractQuery, InQuery()], runtime: Running) -> Page[ContractRow]:
    """List contracts by name."""
    wanted = ContractFilter(query.service, query.kind, query.events, query.after, query.limit + 1)
    with runtime.database.read() as store:
        return page_of([(row.contract.name, ContractRow.of(row)) for row in catalog.contracts(store, wanted)], query.limit)


@router.get("/{name}", responses=problems(NotFound))
def get_contract(name: Name, runtime: Running) -> ContractFull:
    """A contract under a current or former name, with its releases, producers, consumers and waivers."""
    with runtime.database.read() as store:
        return ContractFull.of(catalog.contract(store, name, runtime.limits))


@router.get("/{name}/consumers", responses=problems(NotFound))
def get_consumers(name: Name, runtime: Running) -> Page[ConsumerOut]:
    """Who uses a contract, which elements of it, and where."""
    with runtime.database.read() as store:
        consumers = catalog.contract(store, name, runtime.limits).consumers
        return Page(items=[ConsumerOut.of(consumer) for consumer in consumers], next=None)


@router.get("/{name}/diff", responses=problems(NotFound, BadVersion, StateConflict))
def get_diff(name: Name, query: Annotated[DiffQuery, InQuery()], runtime: Running) -> DifferenceOut:
    """Compare two releases of a contract."""
    with runtime.database.read() as store:
        found = difference(store, name, query.old, query.new, now=runtime.clock(), limits=runtime.limits)
        return DifferenceOut.of(found)


@router.get("/{name}/waivers", responses=problems(NotFound))
def get_waivers(name: Name, runtime: Running) -> Page[WaiverOut]:
    """Every waiver that was given for a contract, expired ones included, oldest first."""
    with runtime.database.read() as store:
        waivers = store.contracts.waivers(store.contracts.by_name(name))
        return Page(items=[WaiverOut.model_validate(waiver) for waiver in waivers], next=None)


@router.post("/{name}/waivers", status_code=201, responses=problems(*BODY, NotFound))
def post_waiver(name: Name, body: WaiverIn, runtime: Running, caller: Caller) -> WaiverOut:
    """Let a named finding through, with a reason and until a moment."""
    waiver = runtime.database.write(lambda store: add_waiver(store, name, body.waiver(), actor=caller, now=runtime.clock()))
    return WaiverOut.model_validate(waiver)


@router.post("/{name}/transfer", responses=problems(*BODY, NotFound, StateConflict))
def post_contract_transfer(name: Name, body: TransferIn, runtime: Running, caller: Caller) -> ContractOut:
    """Give a contract to another team."""
    record = runtime.database.write(
        lambda store: transfer_contract(store, name, team=body.team, service=body.service, actor=caller, now=runtime.clock())
    )
    return ContractOut.model_validate(record)


@router.post("/{name}/rename", responses=problems(*BODY, NotFound, StateConflict))
def post_contract_rename(name: Name, body: RenameIn, runtime: Running, caller: Caller) -> ContractOut:
    """Give a contract another name; the old one goes on leading to it."""
    record = runtime.database.write(lambda store: rename_contract(store, name, body.name, actor=caller, now=runtime.clock()))
    return ContractOut.model_validate(record)
