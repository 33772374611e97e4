"""The registry at a glance."""

from __future__ import annotations

from datetime import UTC, datetime

from registry.domain.records import ReleaseState, ReleaseSummary
from registry.services.catalog.values import Overview
from registry.storage.store import Store

_NEWEST = 10
_NEVER = datetime.max.replace(tzinfo=UTC)


def overview(store: Store) -> Overview:
    """Counts, the newest releases, and the deprecated ones."""
    contracts = {contract.id: contract for contract in store.catalog.contracts()}
    releases = [release for found in store.catalog.releases(tuple(contracts)).values() for release in found]
    newest = sorted(releases, key=lambda release: release.id, reverse=True)[:_NEWEST]
    deprecated = sorted((release for release in releases if release.state is ReleaseState.DEPRECATED), key=_end)
    return Overview(
        services=len(store.services.all()),
        events=sum(contract.is_event for contract in contracts.values()),
        contracts=sum(not contract.is_event for contract in contracts.values()),
        environments=len(store.environments.all()),
        newest=tuple((contracts[release.contract_id], release) for release in newest),
        deprecated=tuple((contracts[release.contract_id], release) for release in deprecated),
    )


def _end(release: ReleaseSummary) -> tuple[datetime, int]:
    return (release.sunset or _NEVER, release.id)
