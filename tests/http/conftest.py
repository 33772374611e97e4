"""Registries for the tests of the API."""

from __future__ import annotations

import pytest

from registry.storage.database import Database
from tests.http.registry_under_test import Caller, RegistryUnderTest


@pytest.fixture
def registry(sqlite_database: Database) -> RegistryUnderTest:
    """An empty registry on SQLite that answers only to tokens."""
    return RegistryUnderTest(sqlite_database)


@pytest.fixture
def any_registry(database: Database) -> RegistryUnderTest:
    """An empty registry that answers only to tokens; the test runs on SQLite and on PostgreSQL."""
    return RegistryUnderTest(database)


@pytest.fixture
def admin(registry: RegistryUnderTest) -> Caller:
    """Somebody who may do everything with `registry`."""
    return registry.admin()
