"""Health: for whoever restarts the process, and for whoever sends it traffic. The only operations before the door."""

from __future__ import annotations

from fastapi import APIRouter

from registry.domain.errors import Unavailable
from registry.http.models.administration import Health
from registry.http.responses import alone
from registry.http.runtime import Running

router = APIRouter(prefix="/health", tags=["health"])


@router.get("/live", responses=alone())
def get_live() -> Health:
    """The process answers."""
    return Health(status="ok")


@router.get("/ready", responses=alone(Unavailable))
def get_ready(runtime: Running) -> Health:
    """The process can serve: its database answers and carries the schema."""
    runtime.database.ping()
    return Health(status="ok")
