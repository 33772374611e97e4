"""Both doors: the command line in this process, and a registry that counts its rows."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from click.testing import CliRunner, Result

from cli.main import main
from registry.storage.database import Database
from tests.http.registry_under_test import EMBEDDED, Caller, RegistryUnderTest

Interlock = Callable[..., Result]


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that a CI system or a person has set counts in a test."""
    for name in [name for name in os.environ if name.startswith(("INTERLOCK_", "GITHUB_", "CI_", "GIT_"))]:
        monkeypatch.delenv(name)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which is the current one."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def interlock(here: Path) -> Interlock:
    """Run `interlock ARGUMENTS` in the current folder."""
    return lambda *arguments: CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def registry(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RegistryUnderTest]:
    """One registry for a module: whatever is refused leaves it as it was, which each test asserts."""
    path = tmp_path_factory.mktemp("registry") / "registry.db"
    shutil.copyfile(sqlite_template, path)
    database = Database(f"sqlite:///{path}")
    yield RegistryUnderTest(database, body_bytes=64 << 20)
    database.close()


@pytest.fixture(scope="module")
def admin(registry: RegistryUnderTest) -> Caller:
    """Somebody who may do everything with it."""
    return registry.admin()


@pytest.fixture(scope="module")
def address(registry: RegistryUnderTest) -> Iterator[str]:
    """Where the registry listens on a real socket, for whoever comes from this machine."""
    app = registry.opened(EMBEDDED).app
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical", lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()
