"""Single records of the registry in a sentence, and lists of them in columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cli.rendering.words import plain, short_version, table

Record = Mapping[str, Any]


def deployment_words(record: Record, what: str) -> str:
    """`orders 4f1c09ab runs in production.`"""
    instance = f" as {record['instance']}" if record["instance"] else ""
    return plain(f"{record['service']} {short_version(record['version'])} {what} {record['environment']}{instance}.")


def environment_list(records: Sequence[Record]) -> str:
    """Environments, one a line."""
    rows = [(record["name"], "production" if record["production"] else "", record["description"]) for record in records]
    return table(rows) or "There is no environment yet; `interlock environment create NAME` makes one."


def token_list(records: Sequence[Record]) -> str:
    """Tokens without their secrets, one a line."""
    rows = [
        (record["name"], " ".join(record["scopes"]), "revoked" if record["revoked_at"] else f"until {record['expires_at'][:10]}")
        for record in records
    ]
    return table(rows) or "There is no token."


def verification_list(records: Sequence[Record]) -> str:
    """Verifications, one a line."""
    return table([(record["content"][:12], "holds" if record["success"] else "FAILS", record["verifier"]) for record in records])
