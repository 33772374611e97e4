"""The answer to: may this version go there?"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from fastapi import Query as InQuery

from registry.domain.errors import NotFound, StateConflict
from registry.http.models.base import Line, Name, Query
from registry.http.models.decision import DecisionOut
from registry.http.responses import problems
from registry.http.routes import Route
from registry.http.runtime import Running
from registry.services.decision_json import decision_to_json
from registry.services.deployability.answer import can_i_deploy

router = APIRouter(route_class=Route, tags=["deploy"])


class DeployQuery(Query):
    """Which version of which service, and where to."""

    service: Name
    version: Line
    environment: Name


@router.get("/can-i-deploy", response_model=DecisionOut, responses=problems(NotFound, StateConflict))
def get_decision(query: Annotated[DeployQuery, InQuery()], runtime: Running) -> dict[str, Any]:
    """Whether a published version fits what runs, and what may still be read, in an environment."""
    with runtime.database.read() as store:
        decision = can_i_deploy(store, query.service, query.version, query.environment, now=runtime.clock(), limits=runtime.limits)
    return decision_to_json(decision)
