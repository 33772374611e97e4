"""A registry on a fresh database, SQLite and PostgreSQL in turn."""

from __future__ import annotations

import pytest

from registry.storage.database import Database
from tests.services.support import NOW, Registry


@pytest.fixture
def registry(database: Database) -> Registry:
    """A registry with a production environment and nothing published."""
    database.write(lambda store: store.environments.add("production", production=True, description="", now=NOW))
    return Registry(database)
