"""Tokens, the audit log, purges and health."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import Field

from registry.domain.records import TokenRecord
from registry.http.models.base import Items, Line, Name, Reason, RequestModel, ResponseModel
from registry.services.tokens import DEFAULT_LIFETIME, LONGEST_LIFETIME, TokenRequest, parse_scope

_SCOPE = r"^(read|admin|publish(:(service|team):.+)?|deploy(:.+)?)$"
"""For the document alone: the service parses scopes, and says what each can be."""


class TokenIn(RequestModel):
    """A new token."""

    name: Name
    scopes: Items[Annotated[Line, Field(json_schema_extra={"pattern": _SCOPE})]] = Field(
        min_length=1,
        description="read, publish, publish:service:NAME, publish:team:NAME, deploy, deploy:ENVIRONMENT or admin.",
    )
    expires_in_days: int = Field(default=DEFAULT_LIFETIME.days, ge=1, le=LONGEST_LIFETIME.days)

    def request(self) -> TokenRequest:
        """The request for a token. Raises BadRequest for what is no scope."""
        return TokenRequest(self.name, frozenset(map(parse_scope, self.scopes)), timedelta(days=self.expires_in_days))


class TokenOut(ResponseModel):
    """A token without its secret."""

    name: str
    scopes: list[str]
    created_at: datetime
    created_by: str
    expires_at: datetime
    revoked_at: datetime | None

    @staticmethod
    def of(record: TokenRecord) -> TokenOut:
        """The row of a token."""
        return TokenOut(**_facts(record))


class NewTokenOut(TokenOut):
    """A token that was made just now: the one time that its secret is shown."""

    secret: str

    @staticmethod
    def with_secret(record: TokenRecord, secret: str) -> NewTokenOut:
        """A token with its secret."""
        return NewTokenOut(**_facts(record), secret=secret)


class AuditOut(ResponseModel):
    """Who did what to which thing."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    detail: dict[str, Any]


class PurgeIn(RequestModel):
    """Why the bytes of a blob have to be forgotten."""

    reason: Reason


class PurgeOut(ResponseModel):
    """What was forgotten; the digest stays."""

    digest: str
    reason: str


class FileOut(ResponseModel):
    """A file of a revision."""

    path: str
    digest: str
    size: int = Field(description="In bytes.")


class RevisionOut(ResponseModel):
    """An immutable set of files."""

    digest: str
    files: list[FileOut]


class Health(ResponseModel):
    """The registry answers."""

    status: Literal["ok"]


def _facts(record: TokenRecord) -> dict[str, Any]:
    return {
        "name": record.name,
        "scopes": sorted(str(scope) for scope in record.scopes),
        "created_at": record.created_at,
        "created_by": record.created_by,
        "expires_at": record.expires_at,
        "revoked_at": record.revoked_at,
    }
