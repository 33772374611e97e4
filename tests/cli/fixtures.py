"""The command line as tests run it: in this process, in a folder of its own, without the environment of whoever runs the tests."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
import uvicorn
from click.testing import CliRunner, Result

from cli.main import main
from registry.main import Settings, create_app
from tests.cli.support import Run, commit, git, write_service

_CI_PREFIXES = ("INTERLOCK_", "GITHUB_", "CI_", "GIT_")


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that a CI system or a person has set counts in a test."""
    for name in [name for name in os.environ if name.startswith(_CI_PREFIXES)]:
        monkeypatch.delenv(name)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which is the current one."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def interlock(here: Path) -> Run:
    """Run `interlock ARGUMENTS` in the current folder."""

    def run(*arguments: str | Path, environment: dict[str, str] | None = None) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments], env=environment)

    return run


@pytest.fixture
def service(here: Path) -> Path:
    """The service `orders` in the current folder, without git."""
    write_service(here)
    return here


@pytest.fixture
def repository(service: Path) -> Path:
    """The service `orders` in the current folder, committed on the branch main."""
    git(service, "init", "--quiet", "--initial-branch", "main")
    commit(service, "First")
    return service


@pytest.fixture
def server(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a real registry on a fresh SQLite file, which commands use by default.

    It runs in a thread, so its log is turned off: it would be taken for output of the commands.
    """
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    app = create_app(Settings(database_url=sqlite_url))
    running = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=running.run)
    thread.start()
    while not running.started:
        assert thread.is_alive(), "the server did not start"
    port = running.servers[0].sockets[0].getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    monkeypatch.setenv("INTERLOCK_SERVER", address)
    yield address
    running.should_exit = True
    thread.join()
    structlog.reset_defaults()
