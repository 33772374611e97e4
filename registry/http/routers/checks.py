"""Checking: what a branch would publish, against its merge base and against what is deployed."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from registry.domain.errors import (
    BadExample,
    BadLine,
    BadReference,
    BadVersion,
    NotFound,
    StateConflict,
    VersionMismatch,
    WrongKind,
)
from registry.http.models.checks import CheckIn, CheckReport
from registry.http.responses import BODY, problems
from registry.http.routes import ReadingRoute
from registry.http.runtime import Running
from registry.services.checking.online import CheckRequest, check
from registry.services.checking.report import to_json
from registry.services.publication_json import service_version_from_json

router = APIRouter(route_class=ReadingRoute, tags=["check"])


@router.post(
    "/checks",
    response_model=CheckReport,
    responses=problems(*BODY, WrongKind, BadReference, BadExample, BadVersion, VersionMismatch, BadLine, NotFound, StateConflict),
)
def post_check(body: CheckIn, runtime: Running) -> dict[str, Any]:
    """Compare without writing anything: readers may ask."""
    rows = body.model_dump(mode="json")["service_versions"]
    versions = tuple(service_version_from_json(row, f"/service_versions/{index}") for index, row in enumerate(rows))
    request = CheckRequest(versions, body.baseline_commit, tuple(body.environments))
    with runtime.database.read() as store:
        return to_json(check(store, request, now=runtime.clock(), limits=runtime.limits))
