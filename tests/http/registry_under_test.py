"""A registry in this process, driven over its API by personas, at a time that the test sets."""

from __future__ import annotations

import base64
import json
import secrets
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from typing import Any

from fastapi import FastAPI
from sqlalchemy import func, select

from registry.domain.access import Permission, Scope
from registry.engines.documents.limits import Limits
from registry.http.access import LOCAL
from registry.http.api import routes_only
from registry.http.runtime import AccessPolicy, Runtime
from registry.services.tokens import TokenRequest, create_token
from registry.storage.database import Database
from registry.storage.tables import Table

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Starlette prefers a successor of httpx that is not among the dependencies
    from starlette.testclient import TestClient

API = "/api/v1"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
KEY = b"the key of the registry under test"
CLOSED = AccessPolicy(anonymous_reads=False, local_writes=False)
OPEN = AccessPolicy(anonymous_reads=True, local_writes=False)
EMBEDDED = AccessPolicy(anonymous_reads=True, local_writes=True)


@cache
def application() -> FastAPI:
    """The routes, built once; a registry points them at itself before each use."""
    return routes_only()


@dataclass(frozen=True)
class Answer:
    """A status and the JSON that came with it."""

    status: int
    body: Any
    headers: Mapping[str, str]


class RegistryUnderTest:
    """One registry over a database; `now` may be moved."""

    def __init__(self, database: Database, access: AccessPolicy = CLOSED, *, body_bytes: int = 1 << 20) -> None:
        self.now = NOW
        self.database = database
        numbers = count(1)
        self.runtime = Runtime(
            database=database,
            key=KEY,
            access=access,
            limits=Limits(bytes=1 << 19),
            body_bytes=body_bytes,
            clock=lambda: self.now,
            new_id=lambda: f"id-{next(numbers)}",
            randomness=secrets.token_bytes,
        )

    @property
    def app(self) -> FastAPI:
        """The application over this registry. Routes are the same for all, so they are built once and pointed here."""
        app = application()
        app.state.runtime = self.runtime
        return app

    def opened(self, access: AccessPolicy) -> RegistryUnderTest:
        """The same registry under another access policy."""
        self.runtime = replace(self.runtime, access=access)
        return self

    def client(self, *, host: str = "127.0.0.1", address: str = "http://127.0.0.1:8600") -> TestClient:
        """A client that comes from `host` and calls the registry by `address`."""
        return TestClient(self.app, base_url=address, client=(host, 50000), raise_server_exceptions=False)

    def token(self, name: str, *scopes: Scope, lifetime: timedelta = timedelta(days=90)) -> str:
        """The secret of a new token."""
        request = TokenRequest(name, frozenset(scopes), lifetime)
        _, secret = self.database.write(
            lambda store: create_token(store, request, key=KEY, randomness=self.runtime.randomness, actor=LOCAL, now=self.now)
        )
        return secret

    def admin(self) -> Caller:
        """Somebody who may do everything."""
        return Caller(self, self.token("root", Scope(Permission.ADMIN)))

    def rows(self) -> dict[str, int]:
        """How many rows each table has."""
        with self.database.engine.connect() as connection:
            tables = Table.metadata.sorted_tables
            return {table.name: connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


@dataclass(frozen=True)
class Caller:
    """Somebody who calls the API, with a token or without."""

    registry: RegistryUnderTest
    token: str | None = None

    def get(self, path: str, **headers: str) -> Answer:
        """GET a path below the API's prefix."""
        return self.call("GET", path, **headers)

    def post(self, path: str, body: Any, **headers: str) -> Answer:
        """POST a JSON body."""
        return self.call("POST", path, content=json.dumps(body).encode(), **headers)

    def call(
        self, method: str, path: str, *, content: bytes | None = None, media_type: str = "application/json", **headers: str
    ) -> Answer:
        """Make any request; header names are written with underscores."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token is not None:
            sent["authorization"] = f"Bearer {self.token}"
        if content is not None:
            sent["content-type"] = media_type
        response = self.registry.client().request(method, f"{API}{path}", content=content, headers=sent)
        is_json = response.headers.get("content-type", "").endswith("json")
        return Answer(response.status_code, response.json() if is_json else response.content, response.headers)


def encoded(data: bytes | str) -> str:
    """Base64, as bodies carry files."""
    return base64.b64encode(data.encode() if isinstance(data, str) else data).decode()


def schema(**properties: str) -> str:
    """An object schema with string-typed or otherwise typed properties, all required."""
    members = {name: {"type": kind} for name, kind in properties.items()}
    return json.dumps({"$schema": DIALECT, "type": "object", "properties": members, "required": sorted(members)})


def event(name: str, text: str, version: str | None = "1.0.0", **facts: Any) -> dict[str, Any]:
    """A provided event of one schema file."""
    return {
        "contract": name,
        "kind": "jsonschema",
        "entry": "schema.json",
        "files": [{"path": "schema.json", "content": encoded(text)}],
        "version": version,
        "mode": "full",
        "is_event": True,
        "channel": name.lower(),
        **facts,
    }


def service_version(service: str, team: str, version: str, **facts: Any) -> dict[str, Any]:
    """A service version on its main branch."""
    identity = {"name": service, "team": team, "domain": "checkout"}
    return {"service": identity, "version": version, "commit": version, "branch": "main", **facts}


def publication(*versions: dict[str, Any], **facts: Any) -> dict[str, Any]:
    """The body of a publication."""
    return {"service_versions": list(versions), **facts}


def pact(consumer: str, provider: str, path: str = "/orders/1") -> bytes:
    """A pact file with one HTTP interaction."""
    interaction = {
        "description": "an order",
        "request": {"method": "GET", "path": path},
        "response": {"status": 200, "body": {"total": 1}},
    }
    return json.dumps(
        {
            "consumer": {"name": consumer},
            "provider": {"name": provider},
            "interactions": [interaction],
            "metadata": {"pactSpecification": {"version": "3.0.0"}},
        }
    ).encode()
