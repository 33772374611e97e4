"""A registry on a fresh database, SQLite and PostgreSQL in turn."""

from __future__ import annotations

import pytest

from registry.storage.database import Database
from tests.services.support import Registry


@pytest.fixture
def registry(database: Database) -> Registry:
    """An empty registry."""
    return Registry(database)
