"""What the API runs with: the database, and everything that comes from outside, handed in once by the composition root."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, cast

from fastapi import Depends, Request

from registry.engines.documents.limits import Limits
from registry.storage.database import Database


@dataclass(frozen=True, slots=True)
class AccessPolicy:
    """Who may come without a token: readers, and whoever sits at the machine itself (`local_writes`)."""

    anonymous_reads: bool
    local_writes: bool


@dataclass(frozen=True, slots=True)
class Runtime:
    """One running registry. `key` is the server's key for token hashes; `body_bytes` bounds a request body."""

    database: Database
    key: bytes
    access: AccessPolicy
    limits: Limits
    body_bytes: int
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    randomness: Callable[[int], bytes]


def runtime_of(request: Request) -> Runtime:
    """The registry that answers this request."""
    return cast("Runtime", request.app.state.runtime)


Running = Annotated[Runtime, Depends(runtime_of)]
