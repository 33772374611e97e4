"""Namespaces share a database and nothing in it."""

from __future__ import annotations

from registry.services.catalog.environments import running
from registry.services.catalog.overview import overview
from registry.services.catalog.services import services
from registry.services.deployments import record_deployment, record_release
from registry.services.environments import create_environment
from registry.storage.database import Database
from registry.storage.store import Store
from tests.services.support import ADMIN, NOW, Registry, a_version, an_event, an_event_schema


def deploy_and_support(store: Store) -> None:
    create_environment(store, "production", production=True, description="", actor=ADMIN, now=NOW)
    record_deployment(store, "production", "orders", "v1", actor=ADMIN, now=NOW)
    record_release(store, "production", "orders", "v1", actor=ADMIN, now=NOW)


def test_what_runs_in_one_namespace_is_not_seen_in_another(database: Database, database_url: str) -> None:
    """Another namespace publishes and looks around as if it were alone."""
    here = Registry(database)
    here.publish(a_version(an_event()))
    database.write(deploy_and_support)

    elsewhere = Registry(Database(database_url, namespace="elsewhere"))
    with elsewhere.database.read() as store:
        assert store.environments.running() == ()
        assert (services(store), running(store).rows, overview(store).services) == ((), (), 0)
    elsewhere.release(an_event())
    assert str(elsewhere.release(an_event(an_event_schema(note={}), "1.1.0")).version) == "1.1.0"
    elsewhere.database.close()
    with database.read() as store:
        assert len(store.environments.running()) == 2
