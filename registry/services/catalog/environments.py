"""What runs where."""

from __future__ import annotations

from collections import defaultdict

from registry.domain.records import DeploymentRecord
from registry.services.catalog.values import Running
from registry.storage.store import Store


def running(store: Store) -> Running:
    """Every service against every environment; a service that runs nowhere has a row of empty cells."""
    environments = store.environments.all()
    cells: dict[tuple[int, str], list[DeploymentRecord]] = defaultdict(list)
    for deployment in store.environments.running():
        cells[deployment.service_version.service_id, deployment.environment].append(deployment)
    rows = tuple(
        (service, tuple(tuple(cells[service.id, environment.name]) for environment in environments))
        for service in store.services.all()
    )
    return Running(environments, rows)
