"""An empty registry, and the command line, for the tests of this folder."""

from __future__ import annotations

import pytest

from registry.storage.database import Database
from tests.cli.fixtures import here, interlock, plain_environment
from tests.services.support import NOW, Registry

__all__ = ["here", "interlock", "plain_environment"]


@pytest.fixture
def registry(database: Database) -> Registry:
    """A registry with a production environment."""
    found = Registry(database)
    found.database.write(lambda store: store.environments.add("production", production=True, description="", now=NOW))
    return found
