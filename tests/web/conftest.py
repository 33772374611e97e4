"""The checkout platform in a registry, and its pages."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from registry.storage.database import Database
from tests.web.seed import LIMITS, NOW, seed
from web.app import create_router

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Starlette prefers a successor of httpx that is not among the dependencies
    from starlette.testclient import TestClient


@pytest.fixture(scope="session")
def checkout(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database with the checkout platform, for tests that only look."""
    path = tmp_path_factory.mktemp("checkout") / "registry.db"
    shutil.copyfile(sqlite_template, path)
    database = Database(f"sqlite:///{path}")
    seed(database)
    yield database
    database.close()


def pages_of(database: Database) -> FastAPI:
    """An application of nothing but the pages."""
    app = FastAPI(openapi_url=None)
    app.include_router(create_router(database, limits=LIMITS, clock=lambda: NOW))
    return app


@pytest.fixture(scope="session")
def browser(checkout: Database) -> TestClient:
    """Somebody who looks at the checkout platform's catalog, in this process."""
    return TestClient(pages_of(checkout))
