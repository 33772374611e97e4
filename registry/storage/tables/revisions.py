"""Exact bytes, and the immutable sets of files that are made of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.storage.tables.base import Digest, Name, Table


class BlobRow(Table):
    """The bytes of one file. Immutable, but for one audited purge that nulls `data` and keeps the digest."""

    __tablename__ = "blobs"

    namespace: Mapped[Name] = mapped_column(primary_key=True)
    digest: Mapped[Digest] = mapped_column(primary_key=True)
    size: Mapped[int]
    data: Mapped[bytes | None] = mapped_column(LargeBinary)
    purged_at: Mapped[datetime | None]


class RevisionRow(Table):
    """An immutable set of files, addressed by the digest of its sorted (path, digest) list."""

    __tablename__ = "revisions"

    namespace: Mapped[Name] = mapped_column(primary_key=True)
    digest: Mapped[Digest] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]


class RevisionFileRow(Table):
    """One file of a revision."""

    __tablename__ = "revision_files"
    __table_args__ = (
        ForeignKeyConstraint(["namespace", "revision"], ["revisions.namespace", "revisions.digest"]),
        ForeignKeyConstraint(["namespace", "blob"], ["blobs.namespace", "blobs.digest"]),
    )

    namespace: Mapped[Name] = mapped_column(primary_key=True)
    revision: Mapped[Digest] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(String(1024), primary_key=True)
    blob: Mapped[Digest]
