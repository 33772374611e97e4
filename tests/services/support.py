"""Builders for the services' tests: small real contracts, published through the real steps."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from registry.domain.access import Actor, Permission, Scope
from registry.domain.change import Waiver
from registry.domain.contract import ContractKind, Mode, OnUnknown, Source
from registry.domain.manifest import Policy, ServiceIdentity
from registry.domain.publication import (
    ConsumedContract,
    ProvidedContract,
    Publication,
    PublicationReceipt,
    PublishedPact,
    ReleaseReceipt,
    ServiceVersion,
)
from registry.domain.semver import Version
from registry.engines.documents.limits import Limits
from registry.services.publishing.prepare import prepare
from registry.services.publishing.publish import Context, publish
from registry.storage.database import Database

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ADMIN = Actor("ana", frozenset({Scope(Permission.ADMIN)}))
_ids = count(1)


def an_event_schema(required: tuple[str, ...] = ("orderId",), **properties: Any) -> dict[str, Any]:
    """The schema of an event with an order id and what else is asked for."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": list(required),
        "properties": {"orderId": {"type": "string"}, **properties},
    }


def an_event(
    schema: dict[str, Any] | None = None,
    version: str | None = "1.0.0",
    *,
    name: str = "OrderPlaced",
    mode: Mode = Mode.FULL_TRANSITIVE,
    on_unknown: OnUnknown = OnUnknown.BLOCK,
    retention_seconds: int | None = None,
    owner: str | None = None,
) -> ProvidedContract:
    """A provided event of one schema file."""
    data = json.dumps(schema or an_event_schema()).encode()
    return ProvidedContract(
        contract=name,
        kind=ContractKind.JSONSCHEMA,
        source=Source({"event.schema.json": data}, "event.schema.json"),
        version=Version.parse(version or ""),
        mode=mode,
        on_unknown=on_unknown,
        is_event=True,
        channel="orders.events",
        retention_seconds=retention_seconds,
        owner=owner,
    )


def an_api(document: dict[str, Any], version: str | None = "1.0.0", *, name: str = "orders-api") -> ProvidedContract:
    """A provided REST contract of one JSON file."""
    source = Source({"openapi.json": json.dumps(document).encode()}, "openapi.json")
    return ProvidedContract(name, ContractKind.OPENAPI, source, Version.parse(version or ""), Mode.BACKWARD)


def a_version(
    *provides: ProvidedContract,
    service: str = "orders",
    version: str = "v1",
    team: str = "",
    branch: str = "main",
    entities: tuple[str, ...] = (),
    consumes: tuple[ConsumedContract, ...] = (),
    pacts: tuple[dict[str, Any], ...] = (),
    policy: Policy = Policy(),
) -> ServiceVersion:
    """A service version on the main branch unless told otherwise."""
    return ServiceVersion(
        service=ServiceIdentity(service, team or f"team-{service}", "shop", entities=entities),
        version=version,
        commit=version,
        branch=branch,
        provides=provides,
        consumes=consumes,
        pacts=tuple(PublishedPact(f"{index}.json", json.dumps(pact).encode()) for index, pact in enumerate(pacts)),
        policy=policy,
    )


def a_waiver(rule: str, element: str = "*", expires: datetime = NOW + timedelta(days=30)) -> Waiver:
    """Leave for a rule, for a month."""
    return Waiver(rule, element, "agreed with all readers", "", expires.isoformat())


@dataclass
class Registry:
    """A registry as its users see it: one call is one transaction."""

    database: Database
    now: datetime = NOW
    actor: Actor = ADMIN
    limits: Limits = field(default_factory=Limits)

    def publish(
        self, *versions: ServiceVersion, release: bool = False, waivers: tuple[tuple[str, Waiver], ...] = ()
    ) -> PublicationReceipt:
        """Publish service versions in one publication."""
        prepared = prepare(Publication(versions, release, waivers), self.limits)
        context = Context(self.actor, self.now, self.limits, lambda: f"contract-{next(_ids)}")
        return self.database.write(lambda store: publish(store, prepared, context))

    def release(self, *provides: ProvidedContract, **facts: Any) -> ReleaseReceipt:
        """Publish one contract under a new service version; return its first number."""
        facts.setdefault("version", f"v{next(_ids)}")
        return self.publish(a_version(*provides, **facts)).service_versions[0].releases[0]

    def at(self, moment: datetime) -> Registry:
        """The same registry at another time."""
        return replace(self, now=moment)

    def acting_as(self, actor: Actor) -> Registry:
        """The same registry, used by somebody else."""
        return replace(self, actor=actor)

    def count(self, table: str) -> int:
        """How many rows a table has."""
        with self.database.engine.connect() as connection:
            return connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
