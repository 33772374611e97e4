"""`/decisions`: may this version be deployed there, and if not, why and who can clear it."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from registry.domain.records import ServiceVersionRecord
from registry.services.deployability.answer import can_i_deploy
from registry.storage.store import Store
from web.site import Site, render


def add(router: APIRouter, site: Site) -> None:
    """The page of a decision: the form, and the answer once service, version and environment are named."""

    @router.get("/decisions")
    def decision_page(service: str = "", version: str = "", environment: str = "") -> HTMLResponse:
        with site.database.read() as store:
            asked = bool(service and version and environment)
            decision = can_i_deploy(store, service, version, environment, now=site.clock(), limits=site.limits) if asked else None
            return render(
                "decision.html",
                decision=decision,
                service=service,
                version=version,
                environment=environment,
                services=store.services.all(),
                versions=_versions(store, service),
                environments=store.environments.all(),
            )


def _versions(store: Store, service: str) -> tuple[ServiceVersionRecord, ...]:
    """The versions to choose from once a service is chosen. Raises NotFound."""
    return store.services.versions(store.services.by_name(service)) if service else ()
