"""`/contracts/{name}/diff`: any two versions of a contract compared."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from registry.services.catalog.contracts import changelog
from registry.services.catalog.differences import difference
from web.site import Site, render


def add(router: APIRouter, site: Site) -> None:
    """The page of a comparison. It goes in before the page of a contract version, which would take `diff` for a number."""

    @router.get("/contracts/{name}/diff")
    def difference_page(
        name: str, old: Annotated[str, Query(alias="from")] = "", new: Annotated[str, Query(alias="to")] = ""
    ) -> HTMLResponse:
        with site.database.read() as store:
            found = difference(store, name, old or None, new or None, now=site.clock(), limits=site.limits)
            return render("difference.html", difference=found, releases=changelog(store, name))
