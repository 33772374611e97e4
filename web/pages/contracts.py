"""`/contracts`, `/contracts/{name}`, `/contracts/{name}/{version}` and the files below it."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from registry.services.catalog.contracts import changelog, contract, contract_version, contracts
from registry.services.catalog.files import release_file
from registry.storage.catalog import ContractFilter
from web.paging import ROWS, Listing
from web.site import Site, render


def add(router: APIRouter, site: Site) -> None:
    """The pages of contracts."""

    @router.get("/contracts")
    def contract_list(after: str = "") -> HTMLResponse:
        with site.database.read() as store:
            rows = contracts(store, ContractFilter(after=after or None, limit=ROWS + 1), site.limits)
            return render("contracts.html", listing=Listing.of(rows, after))

    @router.get("/contracts/{name}")
    def contract_page(name: str) -> HTMLResponse:
        with site.database.read() as store:
            return render("contract.html", detail=contract(store, name, site.limits), changelog=changelog(store, name))

    @router.get("/contracts/{name}/{version}")
    def release_page(name: str, version: str) -> HTMLResponse:
        with site.database.read() as store:
            shown = contract_version(store, name, version, site.limits)
            return render("release.html", shown=shown, releases=changelog(store, name))

    @router.get("/contracts/{name}/{version}/files/{path:path}")
    def file_page(name: str, version: str, path: str) -> HTMLResponse:
        with site.database.read() as store:
            return render("file.html", file=release_file(store, name, version, path))
