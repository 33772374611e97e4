"""What runs where: deployments replace each other in their place, releases to an environment stand side by side."""

from __future__ import annotations

from datetime import datetime

from registry.domain.access import Actor
from registry.domain.records import DeploymentRecord, ServiceVersionRecord
from registry.services.permissions import require_deploy
from registry.storage.store import Store


def record_deployment(
    store: Store, environment: str, service: str, version: str, *, instance: str = "", actor: Actor, now: datetime
) -> tuple[DeploymentRecord, bool]:
    """Record that a published version runs, as one application instance; what ran there before has ended.

    Returns the deployment and whether it is new. Raises Forbidden, or NotFound for an environment, service or version.
    """
    require_deploy(actor, environment)
    place = store.environments.by_name(environment)
    found = _published(store, service, version)
    deployment, created = store.environments.deploy(place, found, instance, actor.name, now)
    if created:
        _audit(store, "deployment.record", deployment, actor, now)
    return deployment, created


def record_undeployment(
    store: Store, environment: str, service: str, *, instance: str = "", actor: Actor, now: datetime
) -> DeploymentRecord:
    """Record that an application instance of a service is gone. Raises Forbidden, or NotFound when none ran."""
    require_deploy(actor, environment)
    place = store.environments.by_name(environment)
    deployment = store.environments.undeploy(place, store.services.by_name(service).id, instance, now)
    _audit(store, "deployment.end", deployment, actor, now)
    return deployment


def record_release(
    store: Store, environment: str, service: str, version: str, *, actor: Actor, now: datetime
) -> tuple[DeploymentRecord, bool]:
    """Record that a published version is offered to users in an environment, such as an app in a store; it ends nothing.

    Returns the release and whether it is new. Raises Forbidden, or NotFound for an environment, service or version.
    """
    require_deploy(actor, environment)
    place = store.environments.by_name(environment)
    release, created = store.environments.support(place, _published(store, service, version), actor.name, now)
    if created:
        _audit(store, "support.record", release, actor, now)
    return release, created


def record_support_end(
    store: Store, environment: str, service: str, version: str, *, actor: Actor, now: datetime
) -> DeploymentRecord:
    """Record that a released version is not supported any more. Raises Forbidden, or NotFound when it was not."""
    require_deploy(actor, environment)
    place = store.environments.by_name(environment)
    release = store.environments.end_support(place, _published(store, service, version), now)
    _audit(store, "support.end", release, actor, now)
    return release


def _published(store: Store, service: str, version: str) -> ServiceVersionRecord:
    return store.services.version(store.services.by_name(service), version)


def _audit(store: Store, action: str, record: DeploymentRecord, actor: Actor, now: datetime) -> None:
    version = record.service_version
    detail = {"service": version.service, "version": version.version, "instance": record.instance}
    store.audit.add(at=now, actor=actor.name, action=action, subject=f"environment:{record.environment}", detail=detail)
