"""`/events` and `/events/{name}`."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from registry.services.catalog.contracts import changelog
from registry.services.catalog.events import event, events
from web.paging import ROWS, Listing
from web.site import Site, render


def add(router: APIRouter, site: Site) -> None:
    """The pages of events."""

    @router.get("/events")
    def event_list(after: str = "") -> HTMLResponse:
        with site.database.read() as store:
            rows = events(store, site.limits, after=after or None, limit=ROWS + 1)
            return render("events.html", listing=Listing.of(rows, after))

    @router.get("/events/{name}")
    def event_page(name: str, version: str | None = None) -> HTMLResponse:
        with site.database.read() as store:
            found = event(store, name, site.limits, version or None)
            return render("event.html", detail=found.detail, shown=found.shown, changelog=changelog(store, name))
