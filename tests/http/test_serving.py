"""The registry as a process: it says when it is ready, logs as JSON, and ends when told to, with requests answered."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

SERVE = "import os, registry.main as main; main.serve(main.settings_from(os.environ))"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running process and its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {"INTERLOCK_DATABASE_URL": f"sqlite:///{tmp_path}/interlock.db", "INTERLOCK_PORT": str(port)}
    process = subprocess.Popen([sys.executable, "-c", SERVE], env=environment, stderr=subprocess.PIPE, text=True)
    try:
        yield process, f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def wait_until_it_runs(process: subprocess.Popen[str]) -> list[dict[str, object]]:
    """The log lines up to the one that says that the server listens."""
    assert process.stderr is not None
    lines: list[dict[str, object]] = []
    for line in process.stderr:
        lines.append(json.loads(line))
        if str(lines[-1]["event"]).startswith("Uvicorn running"):
            return lines
    raise AssertionError(f"the server ended: {lines}")


def test_a_process_serves_and_ends_when_told_to(served: tuple[subprocess.Popen[str], str]) -> None:
    """Every log line is one JSON object; SIGTERM ends the process in order."""
    process, address = served
    wait_until_it_runs(process)
    made = httpx.post(
        f"{address}/api/v1/environments",
        json={"name": "production", "production": True},
        headers={"X-Correlation-Id": "from-the-test"},
    )
    assert made.status_code == 201
    assert "server" not in made.headers
    process.send_signal(signal.SIGTERM)
    _, rest = process.communicate(timeout=30)
    lines = [json.loads(line) for line in rest.splitlines()]
    logged = next(line for line in lines if line.get("correlation_id") == "from-the-test")
    assert (logged["event"], logged["status"], logged["actor"]) == ("request", 201, "local")
    assert process.returncode in {0, -signal.SIGTERM}


def test_forwarding_headers_make_nobody_local(served: tuple[subprocess.Popen[str], str]) -> None:
    """Over a real socket too: a request that came through a proxy needs a token."""
    process, address = served
    wait_until_it_runs(process)
    answer = httpx.post(
        f"{address}/api/v1/environments", json={"name": "x", "production": True}, headers={"X-Forwarded-For": "127.0.0.1"}
    )
    assert answer.status_code == 401
