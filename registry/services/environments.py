"""Environments: the places where versions run."""

from __future__ import annotations

from datetime import datetime

from registry.domain.access import Actor
from registry.domain.records import EnvironmentRecord
from registry.services.permissions import require_admin
from registry.storage.store import Store


def create_environment(
    store: Store, name: str, *, production: bool, description: str, actor: Actor, now: datetime
) -> EnvironmentRecord:
    """Make an environment. Raises Forbidden, or StateConflict when there is one of that name."""
    require_admin(actor)
    environment = store.environments.add(name, production=production, description=description, now=now)
    store.audit.add(
        at=now,
        actor=actor.name,
        action="environment.create",
        subject=f"environment:{name}",
        detail={"production": production},
    )
    return environment
