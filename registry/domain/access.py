"""Who acts, and what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Permission(StrEnum):
    """What a scope allows."""

    READ = "read"
    PUBLISH = "publish"
    DEPLOY = "deploy"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Scope:
    """A permission, and what it is for.

    Spelled `read`, `publish:service:orders`, `publish:team:ordering`, `deploy:production`, `admin`.
    """

    permission: Permission
    target: str = ""

    def __str__(self) -> str:
        return f"{self.permission}:{self.target}" if self.target else str(self.permission)


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever makes a request: a token by its name, or the local user of the embedded default."""

    name: str
    scopes: frozenset[Scope]
    expires_at: datetime | None = None
