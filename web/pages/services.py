"""`/services` and `/services/{name}`."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from registry.services.catalog.services import service, services
from web.site import Site, render


def add(router: APIRouter, site: Site) -> None:
    """The pages of services."""

    @router.get("/services")
    def service_list() -> HTMLResponse:
        with site.database.read() as store:
            return render("services.html", services=services(store))

    @router.get("/services/{name}")
    def service_page(name: str) -> HTMLResponse:
        with site.database.read() as store:
            return render("service.html", detail=service(store, name))
