"""Access tokens, by keyed hash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.domain.access import Permission, Scope
from registry.domain.errors import NotFound, StateConflict
from registry.domain.records import TokenRecord
from registry.storage.tables import TokenRow


@dataclass(frozen=True, slots=True)
class NewToken:
    """The facts of a token that is about to be kept."""

    name: str
    keyed_hash: str
    scopes: frozenset[Scope]
    created_at: datetime
    created_by: str
    expires_at: datetime


class Tokens:
    """Tokens without their secrets."""

    def __init__(self, session: Session, namespace: str) -> None:
        self._session = session
        self._namespace = namespace

    def add(self, new: NewToken) -> TokenRecord:
        """Keep a token. Raises StateConflict when there is one of that name."""
        if self._find(new.name) is not None:
            raise StateConflict(
                f"There is a token {new.name!r} already.",
                "Choose another name; names are not used again, so that the audit log stays clear.",
            )
        row = TokenRow(
            namespace=self._namespace,
            name=new.name,
            keyed_hash=new.keyed_hash,
            scopes=sorted(str(scope) for scope in new.scopes),
            created_at=new.created_at,
            created_by=new.created_by,
            expires_at=new.expires_at,
            revoked_at=None,
        )
        self._session.add(row)
        self._session.flush()
        return _token(row)

    def by_hash(self, keyed_hash: str) -> TokenRecord | None:
        """The token of that hash, valid or not."""
        row = self._session.scalars(
            select(TokenRow).where(TokenRow.namespace == self._namespace, TokenRow.keyed_hash == keyed_hash)
        ).one_or_none()
        return None if row is None else _token(row)

    def all(self) -> tuple[TokenRecord, ...]:
        """All tokens by name, revoked and expired ones included."""
        rows = self._session.scalars(select(TokenRow).where(TokenRow.namespace == self._namespace).order_by(TokenRow.name))
        return tuple(_token(row) for row in rows)

    def revoke(self, name: str, now: datetime) -> tuple[TokenRecord, bool]:
        """End a token now. Returns it and whether it had not been revoked before. Raises NotFound."""
        row = self._find(name)
        if row is None:
            raise NotFound("token", name)
        standing = row.revoked_at is None
        row.revoked_at = row.revoked_at or now
        self._session.flush()
        return _token(row), standing

    def _find(self, name: str) -> TokenRow | None:
        return self._session.scalars(
            select(TokenRow).where(TokenRow.namespace == self._namespace, TokenRow.name == name)
        ).one_or_none()


def _token(row: TokenRow) -> TokenRecord:
    scopes = frozenset(_scope(text) for text in row.scopes)
    return TokenRecord(row.name, scopes, row.created_at, row.created_by, row.expires_at, row.revoked_at)


def _scope(text: str) -> Scope:
    permission, _, target = text.partition(":")
    return Scope(Permission(permission), target)
