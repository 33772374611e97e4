"""Events, as pages and endpoints show them."""

from __future__ import annotations

from registry.domain.errors import NotFound
from registry.engines.documents.limits import Limits
from registry.services.catalog.contracts import contract, contracts, major_lines, parsed_version, release_detail
from registry.services.catalog.values import ContractSummary, EventDetail
from registry.storage.catalog import ContractFilter
from registry.storage.store import Store


def events(store: Store, limits: Limits, *, after: str | None = None, limit: int | None = None) -> tuple[ContractSummary, ...]:
    """Events by name: all of them, or so many after a name."""
    return contracts(store, ContractFilter(events=True, after=after, limit=limit), limits)


def event(store: Store, name: str, limits: Limits, version: str | None = None) -> EventDetail:
    """An event with one of its releases: the one asked for, or the highest that stands.

    Raises NotFound, also for a contract that is no event, or BadVersion.
    """
    detail = contract(store, name, limits)
    if not detail.contract.is_event:
        raise NotFound("event", name, f"{name} is a contract of kind {detail.contract.kind}.")
    lines = major_lines(detail.releases)
    wanted = parsed_version(version) if version else lines[0].version if lines else None
    if wanted is None:
        return EventDetail(detail, None)
    release = store.releases.by_version(detail.contract, wanted)
    return EventDetail(detail, release_detail(store, detail.contract, release, limits))
