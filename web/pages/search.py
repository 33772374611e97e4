"""`/search`: contracts, events and services by name, owner, entity or description."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from registry.services.catalog.search import search
from web.site import Site, render


def add(router: APIRouter, site: Site) -> None:
    """The search page."""

    @router.get("/search")
    def results(q: str = "") -> HTMLResponse:
        with site.database.read() as store:
            return render("search.html", query=q, found=search(store, q))
