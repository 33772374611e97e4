"""What answers at the registry's address, and what is passed as its token, is input like any other."""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.bad_input.conftest import Interlock

QUESTION = ("can-i-deploy", "--service", "orders", "--version", "v1", "--to", "production")


@contextmanager
def answering(status: int, body: bytes) -> Generator[tuple[str, list[str]]]:
    """A server that answers everything with the same JSON; its address, and the Authorization headers that it was sent."""
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.headers.get("Authorization", ""))
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", seen
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"7", b"{}", b"\xff"])
def test_another_json_service_is_no_registry(interlock: Interlock, body: bytes) -> None:
    """Whatever JSON it answers an error with, or what is none: exit 4, and no fault of interlock."""
    with answering(500, body) as (address, _):
        result = interlock(*QUESTION, "--server", address)
    assert (result.exit_code, result.stderr.partition(":")[0]) == (4, "error[unreachable]"), result.output


@pytest.mark.parametrize("server", ["http://[", "//[", "ftp://example.org", "registry", "http://", ""])
def test_an_address_that_is_none_is_a_usage_error(interlock: Interlock, server: str) -> None:
    """Before anything is sent."""
    result = interlock(*QUESTION, "--server", server)
    assert (result.exit_code, result.stderr.partition(":")[0]) == (2, "error[bad-request]"), result.output


@pytest.mark.parametrize("token", ["ilk_secret\nX-Other: 1", "ilk_secrét", "ilk_secret\x00", "ilk_secret\x7f"])
def test_a_token_that_is_none_is_neither_sent_nor_shown(interlock: Interlock, token: str) -> None:
    """An HTTP library would show the whole header in its error."""
    with answering(200, b"{}") as (address, seen):
        result = interlock(*QUESTION, "--server", address, "--token", token)
    assert (result.exit_code, result.stderr.partition(":")[0]) == (4, "error[unauthenticated]"), result.output
    assert seen == []
    assert "secr" not in result.output


def test_the_line_end_of_a_token_is_no_part_of_it(interlock: Interlock) -> None:
    """Secrets from files often have one."""
    with answering(500, b"{}") as (address, seen):
        interlock(*QUESTION, "--server", address, "--token", "ilk_secret\n")
    assert seen == ["Bearer ilk_secret"]
