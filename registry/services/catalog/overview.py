"""The registry at a glance."""

from __future__ import annotations

from registry.services.catalog.values import Overview
from registry.storage.store import Store

_NEWEST = 10


def overview(store: Store) -> Overview:
    """Counts, and the newest releases."""
    contracts = {contract.id: contract for contract in store.catalog.contracts()}
    releases = [release for found in store.catalog.releases(tuple(contracts)).values() for release in found]
    newest = sorted(releases, key=lambda release: release.id, reverse=True)[:_NEWEST]
    return Overview(
        services=len(store.services.all()),
        events=sum(contract.is_event for contract in contracts.values()),
        contracts=sum(not contract.is_event for contract in contracts.values()),
        environments=len(store.environments.all()),
        newest=tuple((contracts[release.contract_id], release) for release in newest),
    )
