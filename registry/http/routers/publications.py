"""Publishing: service versions with everything that they provide and consume, all or none."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from registry.domain.errors import (
    BadExample,
    BadLine,
    BadReference,
    BadVersion,
    NotFound,
    NumberTooSmall,
    OwnedByOther,
    ReleaseRefused,
    StateConflict,
    VersionMismatch,
    VersionTaken,
    WrongKind,
)
from registry.http.access import Caller
from registry.http.models.publications import PublicationIn, Receipt
from registry.http.responses import BODY, problems
from registry.http.routes import Route
from registry.http.runtime import Running
from registry.services.permissions import require_publish
from registry.services.publication_json import publication_from_json, receipt_to_json
from registry.services.publishing.prepare import prepare
from registry.services.publishing.publish import Context, publish

router = APIRouter(route_class=Route, tags=["publish"])

_CONTRACT_ERRORS = (WrongKind, BadReference, BadExample, BadVersion, VersionMismatch, BadLine)
_CONFLICTS = (VersionTaken, OwnedByOther, ReleaseRefused, NumberTooSmall, StateConflict)


@router.post(
    "/publications",
    status_code=201,
    response_model=Receipt,
    responses={
        200: {"description": "Everything was published before; nothing changed.", "model": Receipt},
        **problems(*BODY, *_CONTRACT_ERRORS, *_CONFLICTS, NotFound),
    },
)
def post_publication(body: PublicationIn, runtime: Running, caller: Caller, response: Response) -> dict[str, Any]:
    """Publish service versions. Everything is read and checked before the first row is written."""
    publication = publication_from_json(body.model_dump(mode="json"))
    for version in publication.service_versions:
        require_publish(caller, version.service.name, version.service.team)
    prepared = prepare(publication, runtime.limits)
    context = Context(caller, runtime.clock(), runtime.limits, runtime.new_id)
    receipt = runtime.database.write(lambda store: publish(store, prepared, context))
    response.status_code = 201 if receipt.created else 200
    return receipt_to_json(receipt)
