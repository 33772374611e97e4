"""The checkout platform, published with its whole history into a registry: what the pages are looked at with."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from cli.working_tree import WorkingTree
from registry.domain.access import Actor, Permission, Scope
from registry.domain.publication import Publication, ServiceVersion
from registry.domain.records import ReleaseState
from registry.domain.semver import Version
from registry.engines.documents.limits import Limits
from registry.services.deployments import record_deployment, record_release
from registry.services.environments import create_environment
from registry.services.lifecycle import StateChange, change_state
from registry.services.publishing.prepare import prepare
from registry.services.publishing.publish import Context, publish
from registry.services.trees import MANIFEST, Origin, Tree, service_version_at
from registry.services.verifications import PactResult, VerificationReport, record_verifications
from registry.storage.database import Database
from registry.storage.store import Store

CHECKOUT = Path(__file__).parents[2] / "contracts" / "checkout"
SERVICES = ("cart", "catalog", "inventory", "orders", "payments", "storefront")
STEPS = ("01-first-releases", "02-additions", "03-deprecations")
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LIMITS = Limits()
ACTOR = Actor("ci", frozenset({Scope(Permission.ADMIN)}))
CANDIDATE = "inventory-candidate"
"""A version of Inventory on a branch, whose StockReserved no longer names the order."""


@dataclass(frozen=True)
class Overlaid:
    """A folder with some of its files replaced by those of another."""

    base: Tree
    over: Tree

    def read(self, path: str) -> bytes | None:
        """The replacement when there is one."""
        return self.over.read(path) or self.base.read(path)

    def below(self, folder: str) -> Iterable[str]:
        """The files of either."""
        return sorted({*self.base.below(folder), *self.over.below(folder)})


def commit(label: str) -> str:
    """Forty hexadecimal digits that stand for a commit."""
    return hashlib.sha1(label.encode(), usedforsecurity=False).hexdigest()


def seed(database: Database) -> None:
    """Publish the history and the present, deploy it, verify some of its pacts, and publish a breaking candidate on a branch."""
    _environments(database)
    for step, folder in enumerate(STEPS):
        moment = NOW - timedelta(days=90 - 20 * step)
        services = sorted(path.parent.name for path in (CHECKOUT / "history" / folder).glob(f"*/{MANIFEST}"))
        tree = WorkingTree(CHECKOUT / "history" / folder, LIMITS)
        _publish(database, [_version(tree, service, commit(f"{folder}/{service}"), "main", moment) for service in services], moment)
    tree = WorkingTree(CHECKOUT, LIMITS)
    present = NOW - timedelta(days=3)
    _publish(database, [_version(tree, service, commit(service), "main", present) for service in SERVICES], present)
    _candidate(database, tree)
    _deploy(database)
    _verify(database)
    _deprecate(database)


def _version(tree: Tree, folder: str, version: str, branch: str, moment: datetime) -> ServiceVersion:
    origin = Origin(version, "https://git.shop.example/checkout", commit=version, branch=branch, committed_at=moment)
    return service_version_at(tree, folder, origin, LIMITS)


def _publish(database: Database, versions: Iterable[ServiceVersion], moment: datetime) -> None:
    prepared = prepare(Publication(tuple(versions)), LIMITS)
    context = Context(ACTOR, moment, LIMITS, lambda: str(uuid4()))
    database.write(lambda store: publish(store, prepared, context))


def _candidate(database: Database, tree: Tree) -> None:
    breaking = WorkingTree(CHECKOUT / "breaking" / "event-required-property-removed", LIMITS)
    base = WorkingTree(CHECKOUT / "inventory", LIMITS)
    version = _version(Overlaid(base, breaking), "", CANDIDATE, "leaner-events", NOW)
    _publish(database, [version], NOW)


def _environments(database: Database) -> None:
    def work(store: Store) -> None:
        for name, production, description in (
            ("production", True, "Where customers shop."),
            ("staging", False, "As production, with invented money."),
        ):
            create_environment(store, name, production=production, description=description, actor=ACTOR, now=NOW)

    database.write(work)


def _deploy(database: Database) -> None:
    def work(store: Store) -> None:
        for service in SERVICES:
            record_deployment(store, "staging", service, commit(service), actor=ACTOR, now=NOW - timedelta(days=2))
        for service in ("cart", "catalog", "inventory", "payments"):
            record_deployment(store, "production", service, commit(service), actor=ACTOR, now=NOW - timedelta(days=1))
        record_deployment(store, "production", "orders", commit("orders"), instance="eu", actor=ACTOR, now=NOW)
        record_deployment(store, "production", "orders", commit("orders"), instance="us", actor=ACTOR, now=NOW)
        record_release(store, "production", "storefront", commit("storefront"), actor=ACTOR, now=NOW)

    database.write(work)


def _verify(database: Database) -> None:
    """Catalog and Cart fulfil what Storefront expects, Orders does not, and Payments was never asked."""

    def work(store: Store) -> None:
        for provider, success in (("catalog", True), ("cart", True), ("orders", False)):
            results = tuple(PactResult(pact.content, success) for pact in store.pacts.newest(provider, "storefront"))
            report = VerificationReport(provider, commit(provider), "pact-python", results)
            record_verifications(store, report, actor=ACTOR, now=NOW)

    database.write(work)


def _deprecate(database: Database) -> None:
    change = StateChange(ReleaseState.DEPRECATED, "Version 2 carries tax.", datetime(2027, 6, 30, tzinfo=UTC))
    database.write(lambda store: change_state(store, "OrderPlaced", Version(1, 2, 0), change, actor=ACTOR, now=NOW))
