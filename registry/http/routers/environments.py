"""Environments, and what runs or is supported there."""

from __future__ import annotations

from fastapi import APIRouter, Response

from registry.domain.errors import NotFound, StateConflict
from registry.http.access import Caller
from registry.http.models.base import Name, Page
from registry.http.models.environments import (
    DeploymentIn,
    DeploymentOut,
    EnvironmentIn,
    EnvironmentOut,
    SupportIn,
    UndeploymentIn,
)
from registry.http.responses import BODY, problems
from registry.http.routes import Route
from registry.http.runtime import Running
from registry.services.deployments import record_deployment, record_release, record_support_end, record_undeployment
from registry.services.environments import create_environment

router = APIRouter(prefix="/environments", route_class=Route, tags=["environments"])

_KNOWN = {200: {"description": "This was recorded before; nothing changed.", "model": DeploymentOut}}


@router.get("", responses=problems())
def get_environments(runtime: Running) -> Page[EnvironmentOut]:
    """All environments by name."""
    with runtime.database.read() as store:
        return Page(items=[EnvironmentOut.model_validate(row) for row in store.environments.all()], next=None)


@router.post("", status_code=201, responses=problems(*BODY, StateConflict))
def post_environment(body: EnvironmentIn, runtime: Running, caller: Caller) -> EnvironmentOut:
    """Create an environment."""
    record = runtime.database.write(
        lambda store: create_environment(
            store, body.name, production=body.production, description=body.description, actor=caller, now=runtime.clock()
        )
    )
    return EnvironmentOut.model_validate(record)


@router.get("/{name}", responses=problems(NotFound))
def get_environment(name: Name, runtime: Running) -> EnvironmentOut:
    """An environment."""
    with runtime.database.read() as store:
        return EnvironmentOut.model_validate(store.environments.by_name(name))


@router.get("/{name}/deployments", responses=problems(NotFound))
def get_deployments(name: Name, runtime: Running) -> Page[DeploymentOut]:
    """What runs or is supported in an environment now."""
    with runtime.database.read() as store:
        rows = store.environments.running(store.environments.by_name(name))
        return Page(items=[DeploymentOut.of(row) for row in rows], next=None)


@router.post("/{name}/deployments", status_code=201, responses={**_KNOWN, **problems(*BODY, NotFound)})
def post_deployment(name: Name, body: DeploymentIn, runtime: Running, caller: Caller, response: Response) -> DeploymentOut:
    """Record that a version runs; what ran in its place before has ended."""
    record, created = runtime.database.write(
        lambda store: record_deployment(
            store, name, body.service, body.version, instance=body.instance, actor=caller, now=runtime.clock()
        )
    )
    response.status_code = 201 if created else 200
    return DeploymentOut.of(record)


@router.post("/{name}/undeployments", responses=problems(*BODY, NotFound))
def post_undeployment(name: Name, body: UndeploymentIn, runtime: Running, caller: Caller) -> DeploymentOut:
    """Record that an application instance is gone."""
    record = runtime.database.write(
        lambda store: record_undeployment(store, name, body.service, instance=body.instance, actor=caller, now=runtime.clock())
    )
    return DeploymentOut.of(record)


@router.post("/{name}/releases", status_code=201, responses={**_KNOWN, **problems(*BODY, NotFound)})
def post_environment_release(name: Name, body: SupportIn, runtime: Running, caller: Caller, response: Response) -> DeploymentOut:
    """Record that a version is offered to users; it ends nothing."""
    record, created = runtime.database.write(
        lambda store: record_release(store, name, body.service, body.version, actor=caller, now=runtime.clock())
    )
    response.status_code = 201 if created else 200
    return DeploymentOut.of(record)


@router.post("/{name}/support-ends", responses=problems(*BODY, NotFound))
def post_support_end(name: Name, body: SupportIn, runtime: Running, caller: Caller) -> DeploymentOut:
    """Record that a version is not supported any more."""
    record = runtime.database.write(
        lambda store: record_support_end(store, name, body.service, body.version, actor=caller, now=runtime.clock())
    )
    return DeploymentOut.of(record)
