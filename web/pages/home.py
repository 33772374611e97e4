"""`/`: what is here."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from registry.services.catalog.overview import overview
from web.site import Site, render


def add(router: APIRouter, site: Site) -> None:
    """The home page."""

    @router.get("/")
    def home() -> HTMLResponse:
        with site.database.read() as store:
            return render("home.html", overview=overview(store))
