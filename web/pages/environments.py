"""`/environments`: what runs where."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from registry.services.catalog.environments import running
from web.site import Site, render


def add(router: APIRouter, site: Site) -> None:
    """The page of environments."""

    @router.get("/environments")
    def environments() -> HTMLResponse:
        with site.database.read() as store:
            return render("environments.html", running=running(store))
