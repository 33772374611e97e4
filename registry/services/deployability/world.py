"""An environment as it would be with the candidate deployed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from registry.domain.deployability import Party
from registry.domain.records import BindingRecord, DeploymentRecord, EnvironmentRecord, ServiceVersionRecord
from registry.storage.store import Store


@dataclass(frozen=True, slots=True)
class World:
    """The candidate, and everything else that runs or is supported in the environment.

    `others` has one row per instance. What runs of the candidate's own service is left out: the candidate takes its place.
    """

    candidate: ServiceVersionRecord
    environment: EnvironmentRecord
    others: tuple[DeploymentRecord, ...]
    now: datetime
    teams: dict[str, str]

    @staticmethod
    def around(store: Store, candidate: ServiceVersionRecord, environment: EnvironmentRecord, now: datetime) -> World:
        """The world of a candidate."""
        running = store.environments.running(environment)
        others = tuple(row for row in running if row.service_version.service_id != candidate.service_id)
        teams = {service.name: service.team for service in store.services.all()}
        return World(candidate, environment, others, now, teams)

    def party(self, version: ServiceVersionRecord, *, instance: str = "", still_readable: bool = False) -> Party:
        """One end of an edge."""
        return Party(version.service, version.version, version.team, instance, still_readable)

    def absent(self, service: str) -> Party:
        """A service of which nothing is deployed here."""
        return Party(service, None, self.teams.get(service, service))

    def instances_of(self, service: str) -> tuple[DeploymentRecord, ...]:
        """What runs here of a service."""
        return tuple(row for row in self.others if row.service_version.service == service)

    def version_ids(self) -> list[int]:
        """The ids of all other versions that run here, each once."""
        return sorted({row.service_version.id for row in self.others})

    def still_readable(
        self, store: Store, bindings: Sequence[BindingRecord], present: set[tuple[str, str]]
    ) -> tuple[BindingRecord, ...]:
        """The bindings of producers that are gone, and whose messages can still be read here.

        A channel keeps messages for its retention (None: for ever) after the deployment ended; what runs of the candidate's own
        service ends when the candidate takes its place. `present` are the (service,
        revision) pairs that run now; each other pair is reported once, by its newest version.
        """
        by_version: dict[int, list[BindingRecord]] = defaultdict(list)
        for binding in bindings:
            by_version[binding.service_version.id].append(binding)
        found: dict[tuple[str, str], BindingRecord] = {}
        for deployment in store.environments.history(sorted(by_version)):
            for binding in by_version[deployment.service_version.id]:
                key = (binding.service_version.service, binding.revision)
                if key not in present and self._lingers(deployment, binding.retention_seconds):
                    found.setdefault(key, binding)
        return tuple(found.values())

    def _lingers(self, deployment: DeploymentRecord, retention_seconds: int | None) -> bool:
        """Whether messages of a deployment that ended here, or ends with the candidate's, are still on the channel."""
        if deployment.environment != self.environment.name:
            return False
        replaced = deployment.service_version.service_id == self.candidate.service_id
        ended_at = deployment.ended_at or (self.now if replaced else None)
        if ended_at is None:
            return False
        return retention_seconds is None or (self.now - ended_at).total_seconds() <= retention_seconds
