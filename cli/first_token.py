"""Making a token without a registry that could be asked: whoever holds the database and the secret is its administrator."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from registry.domain.access import Actor, Permission, Scope
from registry.main import server_key, settings_from
from registry.services.tokens import TokenRequest, create_token, parse_scope
from registry.storage.database import Database

OPERATOR = Actor("operator", frozenset({Scope(Permission.ADMIN)}))
"""Whoever runs the command line on the registry's own database."""


def create_directly(database_url: str, name: str, scopes: Sequence[str], days: int) -> dict[str, Any]:
    """The token as the registry would answer it. The database is brought to the newest schema first.

    Raises BadRequest for a scope that there is not and for a missing secret, StateConflict for a name that is taken, Unavailable.
    """
    settings = settings_from(os.environ, database_url=database_url)
    request = TokenRequest(name, frozenset(map(parse_scope, scopes)), timedelta(days=days))
    key = server_key(settings)
    database = Database(settings.database_url, namespace=settings.namespace)
    database.migrate()
    record, secret = database.write(
        lambda store: create_token(store, request, key=key, randomness=secrets.token_bytes, actor=OPERATOR, now=datetime.now(UTC))
    )
    return {
        "name": record.name,
        "scopes": sorted(str(scope) for scope in record.scopes),
        "created_at": record.created_at.isoformat(),
        "created_by": record.created_by,
        "expires_at": record.expires_at.isoformat(),
        "revoked_at": None,
        "secret": secret,
    }
