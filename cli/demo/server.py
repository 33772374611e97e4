"""A registry of its own for the demo: a child process on a free loopback port, stopped at the end."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from registry.domain.errors import Unavailable

_PATIENCE_SECONDS = 30.0


@contextmanager
def running_server(folder: Path) -> Iterator[str]:
    """The address of `interlock serve` on an embedded SQLite file in `folder`. Raises Unavailable when it does not come up."""
    port = _free_port()
    log = folder / "server.log"
    arguments = ["serve", "--database-url", f"sqlite:///{folder / 'interlock.db'}", "--port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen([sys.executable, "-m", "cli.main", *arguments], stdout=output, stderr=output, cwd=folder)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(address, process, log)
            yield address
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            last = log.read_text(errors="replace").strip().splitlines()[-1:]
            raise Unavailable(f"The demo's registry stopped at once: {''.join(last)}")
        try:
            if httpx.get(f"{address}/health/ready", timeout=2).status_code == 200:
                return
        except httpx.TransportError:
            pass  # nobody listens yet
        time.sleep(0.05)
    raise Unavailable(f"The demo's registry was not ready after {_PATIENCE_SECONDS:.0f} s; its log is {log}.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
