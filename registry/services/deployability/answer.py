"""The can-i-deploy answer over pacts, event schemas and gRPC or REST stubs at once."""

from __future__ import annotations

from datetime import datetime

from registry.domain.deployability import Decision, Question
from registry.domain.records import EnvironmentRecord, ServiceVersionRecord
from registry.engines.deployability.decide import decide
from registry.engines.documents.limits import Limits
from registry.services.comparing import Comparer
from registry.services.deployability.contract_edges import contract_edges
from registry.services.deployability.pact_edges import pact_edges
from registry.services.deployability.world import World
from registry.storage.store import Store


def can_i_deploy(store: Store, service: str, version: str, environment: str, *, now: datetime, limits: Limits) -> Decision:
    """Whether a published version fits what runs, and what may still be read, in an environment.

    Raises NotFound for an unknown service, version or environment.
    """
    found = store.services.version(store.services.by_name(service), version)
    place = store.environments.by_name(environment)
    comparer = Comparer(store, as_of=now, limits=limits, remembers=False)
    return _decide(store, found, place, comparer, now)


def remember_edges(store: Store, version: ServiceVersionRecord, *, now: datetime, limits: Limits) -> None:
    """Make the comparisons that the answer for this version needs, in every environment, when it is written.

    Reading the answer then costs a look-up for each edge, however long the history is.
    """
    comparer = Comparer(store, as_of=now, limits=limits, remembers=True)
    for environment in store.environments.all():
        _decide(store, version, environment, comparer, now)


def _decide(
    store: Store, version: ServiceVersionRecord, environment: EnvironmentRecord, comparer: Comparer, now: datetime
) -> Decision:
    world = World.around(store, version, environment, now)
    edges = (*pact_edges(store, world), *contract_edges(store, world, comparer))
    return decide(Question(version.service, version.version, environment.name), edges)
