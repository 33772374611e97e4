"""`interlock serve` as its own process."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest


@pytest.fixture
def port() -> int:
    """A port where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def process(here: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """A registry that answers, on an SQLite file in the current folder."""
    process = _serve("--port", str(port))
    deadline = time.monotonic() + 60
    while not _ready(port):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline, "the server did not become ready"
    yield process
    process.kill()
    process.communicate()


def _serve(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "cli.main", "serve", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "CI": ""})


def _ready(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/health/ready").status_code == 200
    except httpx.TransportError:
        return False


def test_the_registry_starts_with_its_database_and_stops_quietly_on_ctrl_c(process: subprocess.Popen[str], here: Path) -> None:
    """One file beside the program; stopping it by hand is its orderly end, exit 0."""
    assert (here / "interlock.db").is_file()
    process.send_signal(signal.SIGINT)
    _, words = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Traceback" not in words


@pytest.mark.usefixtures("process")
def test_a_port_that_is_taken_is_exit_2(port: int) -> None:
    """With the address in the message."""
    second = _serve("--port", str(port))
    _, words = second.communicate(timeout=60)
    assert second.returncode == 2
    assert f"127.0.0.1:{port}" in words.splitlines()[-2]


def test_a_server_without_a_secret_is_exit_2(port: int) -> None:
    """On PostgreSQL the key of the token hashes has to be given."""
    failing = _serve("--database-url", f"postgresql+psycopg://nobody@127.0.0.1:{port}/none")
    _, words = failing.communicate(timeout=60)
    assert failing.returncode == 2, words
    assert "INTERLOCK_SECRET" in words


def test_a_database_that_does_not_answer_is_exit_4(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The registry is what cannot be reached, and its address is not printed with a password."""
    monkeypatch.setenv("INTERLOCK_SECRET", "0123456789abcdef" * 2)
    failing = _serve("--database-url", f"postgresql+psycopg://nobody:hunter2@127.0.0.1:{port}/none")
    _, words = failing.communicate(timeout=60)
    assert failing.returncode == 4, words
    assert "error[unavailable]" in words
    assert "hunter2" not in words
