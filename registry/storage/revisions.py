"""Blobs and revisions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from registry.domain.contract import Source, digest_of
from registry.domain.errors import NotFound, StateConflict
from registry.storage.inserting import insert_new
from registry.storage.tables import BlobRow, RevisionFileRow, RevisionRow


class Revisions:
    """Immutable sets of files, addressed by content."""

    def __init__(self, session: Session, namespace: str) -> None:
        self._session = session
        self._namespace = namespace

    def put_blob(self, data: bytes) -> str:
        """Keep exact bytes; return their digest."""
        digest = digest_of(data)
        row = {"namespace": self._namespace, "digest": digest, "size": len(data), "data": data, "purged_at": None}
        insert_new(self._session, BlobRow, [row])
        return digest

    def put(self, source: Source, now: datetime) -> bool:
        """Keep a revision; return whether it is new. Raises StateConflict when it holds bytes that were purged."""
        digest = source.digest
        new = insert_new(self._session, RevisionRow, [{"namespace": self._namespace, "digest": digest, "created_at": now}])
        if not new:
            return False
        blobs = {path: digest_of(data) for path, data in source.files.items()}
        for _, data in sorted((blobs[path], data) for path, data in source.files.items()):
            self.blob(self.put_blob(data))
        files = [
            {"namespace": self._namespace, "revision": digest, "path": path, "blob": blob} for path, blob in sorted(blobs.items())
        ]
        insert_new(self._session, RevisionFileRow, files)
        return True

    def source(self, digest: str, entry: str) -> Source:
        """The exact files of a revision. Raises NotFound, or StateConflict when its bytes were purged."""
        rows = self._session.execute(
            select(RevisionFileRow.path, BlobRow.data)
            .join(BlobRow, (BlobRow.namespace == RevisionFileRow.namespace) & (BlobRow.digest == RevisionFileRow.blob))
            .where(RevisionFileRow.namespace == self._namespace, RevisionFileRow.revision == digest)
            .order_by(RevisionFileRow.path)
        ).all()
        if not rows:
            raise NotFound("revision", digest)
        files: dict[str, bytes] = {}
        for path, data in rows:
            if data is None:
                raise StateConflict(f"The bytes of {path} in revision {digest[:12]} were purged.", "Only its digest is kept.")
            files[path] = data
        return Source(files, entry)

    def files(self, digest: str) -> tuple[tuple[str, str, int], ...]:
        """(path, blob digest, size in bytes) of each file. Raises NotFound."""
        rows = self._session.execute(
            select(RevisionFileRow.path, BlobRow.digest, BlobRow.size)
            .join(BlobRow, (BlobRow.namespace == RevisionFileRow.namespace) & (BlobRow.digest == RevisionFileRow.blob))
            .where(RevisionFileRow.namespace == self._namespace, RevisionFileRow.revision == digest)
            .order_by(RevisionFileRow.path)
        ).all()
        if not rows:
            raise NotFound("revision", digest)
        return tuple((path, blob, size) for path, blob, size in rows)

    def blob(self, digest: str) -> bytes:
        """The bytes of a blob. Raises NotFound, or StateConflict when they were purged."""
        row = self._session.get(BlobRow, (self._namespace, digest))
        if row is None:
            raise NotFound("blob", digest)
        if row.data is None:
            raise StateConflict(f"The bytes of blob {digest[:12]} were purged.", "Only its digest is kept.")
        return row.data

    def purge(self, digest: str, now: datetime) -> None:
        """Forget the bytes of a blob for good and keep the digest. Raises NotFound."""
        self.blob(digest)
        self._session.execute(
            update(BlobRow)
            .where(BlobRow.namespace == self._namespace, BlobRow.digest == digest)
            .values(data=None, purged_at=now)
            .execution_options(synchronize_session=False)
        )
