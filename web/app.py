"""The router of all pages: server-rendered HTML that needs no script."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from registry.engines.documents.limits import Limits
from registry.storage.database import Database
from web.assets import add_assets
from web.pages import contracts, decisions, differences, environments, events, home, search, services
from web.route import PageRoute
from web.site import Site


def create_router(database: Database, *, limits: Limits, clock: Callable[[], datetime]) -> APIRouter:
    """Every page and the static files. Errors come back as pages too; nothing here writes."""
    site = Site(database, limits, clock)
    router = APIRouter(route_class=PageRoute, default_response_class=HTMLResponse, include_in_schema=False)
    add_assets(router)
    for page in (home, search, events, services, differences, contracts, environments, decisions):
        page.add(router, site)
    return router
