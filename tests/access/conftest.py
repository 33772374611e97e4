"""Registries for the tests of access: an empty one, and one with the small world of `tests.access.world`."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from registry.storage.database import Database
from tests.access.world import World, build
from tests.http.registry_under_test import RegistryUnderTest


@pytest.fixture
def registry(sqlite_database: Database) -> RegistryUnderTest:
    """An empty registry on SQLite that answers only to tokens."""
    return RegistryUnderTest(sqlite_database)


@pytest.fixture
def any_registry(database: Database) -> RegistryUnderTest:
    """An empty registry that answers only to tokens; the test runs on SQLite and on PostgreSQL."""
    return RegistryUnderTest(database)


@pytest.fixture(scope="session")
def world_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, World]:
    """A file that holds the world, and what is in it; no test opens the file."""
    path = tmp_path_factory.mktemp("world") / "world.db"
    shutil.copyfile(sqlite_template, path)
    database = Database(f"sqlite:///{path}")
    world = build(RegistryUnderTest(database))
    database.close()
    return path, world


@pytest.fixture
def new_world(world_template: tuple[Path, World], tmp_path: Path) -> Iterator[Callable[[], tuple[RegistryUnderTest, World]]]:
    """A function that gives a registry of its own with the world in it."""
    template, world = world_template
    opened: list[Database] = []

    def new() -> tuple[RegistryUnderTest, World]:
        path = tmp_path / f"world-{len(opened)}.db"
        shutil.copyfile(template, path)
        opened.append(Database(f"sqlite:///{path}"))
        registry = RegistryUnderTest(opened[-1])
        registry.now += timedelta(minutes=1)
        return registry, world

    yield new
    for database in opened:
        database.close()
