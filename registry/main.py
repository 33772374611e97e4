"""The composition root: settings, and the application that they make.

Every setting comes from an argument of `interlock serve` or from the environment:

    INTERLOCK_DATABASE_URL      sqlite:///interlock.db by default; postgresql+psycopg://... for a server
    INTERLOCK_SECRET            keys the token hashes; needed with PostgreSQL, beside a SQLite file one is made and kept
    INTERLOCK_HOST              127.0.0.1
    INTERLOCK_PORT              8600
    INTERLOCK_ANONYMOUS_READS   true or false: whether reading needs no token; true with SQLite, false with PostgreSQL
    INTERLOCK_MAX_FILE_BYTES    16 MiB, of one file of a contract
    INTERLOCK_MAX_BODY_BYTES    64 MiB, of one request
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import Depends, FastAPI
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from registry.domain.errors import BadRequest
from registry.engines.documents.limits import Limits
from registry.http import logs
from registry.http.access import is_loopback, page_reader
from registry.http.api import create_api
from registry.http.runtime import AccessPolicy, Runtime
from registry.storage.database import Database
from registry.storage.key_file import kept_key
from web.app import create_router

_MINIMAL_SECRET = 32
_DRIVERS = {"sqlite", "postgresql+psycopg"}


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator decides. `anonymous_reads` None: as it is usual for the database."""

    database_url: str = "sqlite:///interlock.db"
    secret: str = ""
    host: str = "127.0.0.1"
    port: int = 8600
    anonymous_reads: bool | None = None
    max_file_bytes: int = Limits().bytes
    max_body_bytes: int = 64 * 1024 * 1024
    namespace: str = "default"

    @property
    def embedded(self) -> bool:
        """Whether the database is a file that starts with the program."""
        return _parsed(self.database_url).get_backend_name() == "sqlite"

    @property
    def access(self) -> AccessPolicy:
        """Who may come without a token: nobody writes so but whoever sits at the machine of an embedded registry."""
        reads = self.embedded if self.anonymous_reads is None else self.anonymous_reads
        return AccessPolicy(anonymous_reads=reads, local_writes=self.embedded and is_loopback(self.host))


def settings_from(environment: Mapping[str, str], **arguments: Any) -> Settings:
    """Settings from INTERLOCK_* variables, and from arguments, which count more unless they are None.

    Raises BadRequest for a variable that cannot be read.
    """
    settings = Settings()
    for field in fields(Settings):
        text = environment.get(f"INTERLOCK_{field.name.upper()}", "")
        if text:
            settings = replace(settings, **{field.name: _read(field.name, text, getattr(settings, field.name))})
    return replace(settings, **{name: value for name, value in arguments.items() if value is not None})


def server_key(settings: Settings) -> bytes:
    """The key of the token hashes: the secret, or for an embedded registry the key file beside its database, made when missing.

    Raises BadRequest when a server has no secret or one that can be guessed, Unavailable when there can be no key file.
    """
    if settings.secret:
        if len(settings.secret) < _MINIMAL_SECRET:
            raise BadRequest(f"INTERLOCK_SECRET has {len(settings.secret)} characters; at least {_MINIMAL_SECRET} are needed.")
        return settings.secret.encode()
    if not settings.embedded:
        raise BadRequest("INTERLOCK_SECRET is not set; a registry on PostgreSQL needs one to keep tokens safe.")
    file = _parsed(settings.database_url).database
    return kept_key(Path(f"{file}.key"))


def create_app(settings: Settings) -> FastAPI:
    """The registry as an application: API, health and pages, over a database that was brought to the newest schema.

    Raises Unavailable when the database does not answer, and BadRequest for settings that do not fit together.
    """
    key = server_key(settings)
    database = Database(settings.database_url, namespace=settings.namespace)
    database.migrate()
    limits = Limits(bytes=settings.max_file_bytes)
    app = create_api(
        Runtime(
            database=database,
            key=key,
            access=settings.access,
            limits=limits,
            body_bytes=settings.max_body_bytes,
            clock=_now,
            new_id=lambda: str(uuid.uuid4()),
            randomness=secrets.token_bytes,
        )
    )
    app.include_router(create_router(database, limits=limits, clock=_now), dependencies=[Depends(page_reader)])
    return app


def serve(settings: Settings) -> None:
    """Run the registry until it is told to stop; requests at work then have ten seconds to end.

    Raises what `create_app` raises.
    """
    logs.configure()
    app = create_app(settings)
    # Forwarding headers are not believed: who is local decides who may write without a token.
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=10,
    )


def _parsed(database_url: str) -> URL:
    try:
        url = make_url(database_url)
    except ArgumentError:
        raise BadRequest("INTERLOCK_DATABASE_URL is no URL; write sqlite:///FILE or postgresql+psycopg://...") from None
    if url.drivername not in _DRIVERS or (url.drivername == "sqlite" and url.database in {None, "", ":memory:"}):
        shown = url.render_as_string(hide_password=True)
        raise BadRequest(f"{shown} is no database of a registry; write sqlite:///FILE or postgresql+psycopg://...")
    return url


def _now() -> datetime:
    return datetime.now(UTC)


def _read(name: str, text: str, default: Any) -> Any:
    if name == "anonymous_reads":
        return _boolean(name, text)
    if not isinstance(default, int):
        return text
    if not text.isascii() or not text.isdigit():
        raise BadRequest(f"INTERLOCK_{name.upper()} is {text!r}; a whole number is needed.")
    return int(text)


def _boolean(name: str, text: str) -> bool:
    if text.lower() not in {"true", "false"}:
        raise BadRequest(f"INTERLOCK_{name.upper()} is {text!r}; true or false is needed.")
    return text.lower() == "true"
