"""A server that is killed has lost nothing that it acknowledged, and has half-written nothing."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from registry.domain.contract import Mode
from registry.domain.publication import Publication
from registry.services.publication_json import publication_to_json
from registry.storage.database import Database
from tests.services.support import Registry, a_version, an_event, an_event_schema

PUBLISHES = 500
KILLS = 4
WRITERS = 4
SECRET = "a secret that serves this test and nothing else"

pytestmark = pytest.mark.timeout(600)


@dataclass
class Server:
    """The address of a server process, and what it has acknowledged so far."""

    url: str
    folder: Path
    port: int
    acknowledged: set[str] = field(default_factory=set[str])
    process: subprocess.Popen[bytes] | None = None
    client: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=60))

    def start(self) -> None:
        """Start the server and wait until it is ready."""
        arguments = ["serve", "--database-url", self.url, "--port", str(self.port)]
        # The embedded default alone takes writes without a token, so the PostgreSQL run brings one of its own.
        self.process = subprocess.Popen(
            [sys.executable, "-m", "cli.main", *arguments],
            cwd=self.folder,
            env={**os.environ, "INTERLOCK_SECRET": SECRET},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        ready = threading.Event()
        for _ in range(600):
            try:
                if self.client.get(f"{self.address}/health/ready").status_code == 200:
                    return
            except httpx.TransportError:
                ready.wait(0.05)
        raise AssertionError("the server never became ready")

    def kill(self) -> None:
        """SIGKILL: no handler runs, no buffer is flushed."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def a_server(url: str, folder: Path) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        server = Server(url, folder, probe.getsockname()[1])
    server.start()
    try:
        yield server
    finally:
        server.kill()
        server.client.close()


def a_token(url: str, folder: Path) -> str:
    """The first administrator's token, made directly on the database."""
    arguments = ["token", "create", "bootstrap", "--scope", "admin", "--database-url", url]
    made = subprocess.run(
        [sys.executable, "-m", "cli.main", *arguments],
        cwd=folder,
        env={**os.environ, "INTERLOCK_SECRET": SECRET},
        capture_output=True,
        text=True,
        check=True,
    )
    return next(word for word in made.stdout.split() if word.startswith("ilk_"))


def publish(server: Server, token: str, index: int) -> bool:
    """Publish one service version; whether the server acknowledged it."""
    schema = an_event_schema(**{f"field{index}": {"type": "string"}})
    publication = Publication((a_version(an_event(schema, None, mode=Mode.NONE), version=f"v{index}"),))
    headers = {"Authorization": f"Bearer {token}"}
    try:
        body = publication_to_json(publication)
        answer = server.client.post(f"{server.address}/api/v1/publications", json=body, headers=headers)
    except httpx.TransportError:
        return False
    return answer.status_code in {200, 201}


def test_a_killed_server_keeps_every_acknowledged_publication(database_url: str, tmp_path: Path) -> None:
    """500 publications by four writers while the server is killed four times: all that were acknowledged are there, whole."""
    token = a_token(database_url, tmp_path)
    with a_server(database_url, tmp_path) as server:
        for round_number in range(KILLS + 1):
            indices = range(round_number, PUBLISHES, KILLS + 1)
            last_round = round_number == KILLS
            _publish_until_killed(server, token, indices, killed=not last_round)
            if not last_round:
                server.start()
    assert len(server.acknowledged) >= PUBLISHES // 2
    _assert_whole(database_url, server.acknowledged)


def _publish_until_killed(server: Server, token: str, indices: range, *, killed: bool) -> None:
    """Writers publish; the server is killed in the middle of it. What fails is published again after the restart, by nobody."""
    lock = threading.Lock()
    half_way = threading.Event()

    def one(index: int) -> None:
        if publish(server, token, index):
            with lock:
                server.acknowledged.add(f"v{index}")
                if len(server.acknowledged) % 50 == 0:
                    half_way.set()

    with ThreadPoolExecutor(WRITERS) as pool:
        futures = [pool.submit(one, index) for index in indices]
        if killed:
            half_way.wait(timeout=120)
            server.kill()
        for future in futures:
            future.result()


def _assert_whole(url: str, acknowledged: set[str]) -> None:
    """Every acknowledged version is there, and every version that is there has its binding, its release and its audit rows."""
    database = Database(url)
    registry = Registry(database)
    with database.read() as store:
        versions = {version.version: version for version in store.services.versions(store.services.by_name("orders"), limit=1000)}
        assert acknowledged <= set(versions)
        bindings = store.services.bindings(version_ids=[version.id for version in versions.values()])
        assert sorted(binding.service_version.version for binding in bindings) == sorted(versions)
        releases = store.releases.of(store.contracts.by_name("OrderPlaced"))
    assert [release.ordinal for release in releases] == list(range(1, len(versions) + 1))
    assert {release.revision for release in releases} == {binding.revision for binding in bindings}
    assert registry.count("audit WHERE action = 'service-version.publish'") == len(versions)
    assert registry.count("audit WHERE action = 'release.claim'") == len(versions)
    database.close()
