"""Which service versions matter now, and where they run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from registry.storage.store import Store


@dataclass(frozen=True, slots=True)
class Presence:
    """The service versions that matter now: those that run or are supported somewhere, and the newest one of each service."""

    environments: Mapping[int, tuple[str, ...]]
    """The environments in which a service version runs or is supported, by its id."""
    newest: frozenset[int]

    @staticmethod
    def of(store: Store) -> Presence:
        """Who is present now."""
        where: dict[int, set[str]] = defaultdict(set)
        for deployment in store.environments.running():
            where[deployment.service_version.id].add(deployment.environment)
        return Presence({key: tuple(sorted(names)) for key, names in where.items()}, frozenset(store.catalog.newest_versions()))

    @property
    def version_ids(self) -> tuple[int, ...]:
        """Every service version that is present."""
        return tuple(sorted(self.newest | self.environments.keys()))

    def where(self, version_id: int) -> tuple[str, ...]:
        """The environments in which a service version is present."""
        return self.environments.get(version_id, ())
