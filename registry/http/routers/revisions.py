"""Revisions and blobs: exact bytes under their digests, which never change."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Response
from fastapi import Path as InPath

from registry.domain.errors import NotFound, StateConflict
from registry.http.access import Caller
from registry.http.models.administration import FileOut, PurgeIn, PurgeOut, RevisionOut
from registry.http.models.base import Digest
from registry.http.responses import BODY, problems
from registry.http.routes import Route
from registry.http.runtime import Running
from registry.services.lifecycle import purge_blob

router = APIRouter(route_class=Route, tags=["revisions"])

IfNoneMatch = Annotated[str | None, Header()]

_UNCHANGED = {304: {"description": "The copy that If-None-Match names is still good."}}
# Always asked again, although nothing here changes: what was purged for legal reasons must not live on in caches.
_REVALIDATED = {"Cache-Control": "private, no-cache"}


@router.get("/revisions/{digest}", response_model=RevisionOut, responses={**_UNCHANGED, **problems(NotFound)})
def get_revision(digest: Digest, runtime: Running, response: Response, if_none_match: IfNoneMatch = None) -> Response | RevisionOut:
    """The files of a revision by path, with their digests."""
    with runtime.database.read() as store:
        files = store.revisions.files(digest)
    headers = {"ETag": f'"{digest}"', **_REVALIDATED}
    if _names(if_none_match, digest):
        return Response(status_code=304, headers=headers)
    response.headers.update(headers)
    return RevisionOut(digest=digest, files=[FileOut(path=path, digest=blob, size=size) for path, blob, size in files])


@router.get(
    "/revisions/{digest}/files/{path:path}",
    response_class=Response,
    responses={
        200: {"description": "The exact bytes.", "content": {"application/octet-stream": {}}},
        **_UNCHANGED,
        **problems(NotFound, StateConflict),
    },
)
def get_file(
    digest: Digest,
    path: Annotated[str, InPath(max_length=1024, pattern=r"^[^\x00-\x1f\x7f]+$")],
    runtime: Running,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """The exact bytes of one file, as they were published."""
    with runtime.database.read() as store:
        blob = next((blob for name, blob, _ in store.revisions.files(digest) if name == path), None)
        if blob is None:
            raise NotFound(f"file in revision {digest[:12]}", path)
        data = store.revisions.blob(blob)
    headers = {"ETag": f'"{blob}"', **_REVALIDATED}
    if _names(if_none_match, blob):
        return Response(status_code=304, headers=headers)
    return Response(data, media_type="application/octet-stream", headers={**headers, "Content-Disposition": "attachment"})


@router.post("/blobs/{digest}/purge", responses=problems(*BODY, NotFound, StateConflict))
def post_purge(digest: Digest, body: PurgeIn, runtime: Running, caller: Caller) -> PurgeOut:
    """Forget the bytes of a blob for good and keep its digest, for legal deletion."""
    runtime.database.write(lambda store: purge_blob(store, digest, body.reason, actor=caller, now=runtime.clock()))
    return PurgeOut(digest=digest, reason=body.reason)


def _names(if_none_match: str | None, tag: str) -> bool:
    """Whether an If-None-Match header names a tag (RFC 9110, section 13.1.2: weak comparison)."""
    offered = [part.strip().removeprefix("W/") for part in (if_none_match or "").split(",")]
    return "*" in offered or f'"{tag}"' in offered
