"""When the registry is not there, is somebody else, or says no: exit 4 and a sentence."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.cli.support import Run

_QUESTION = ("can-i-deploy", "--service", "orders", "--version", "v1", "--to", "production")


@contextmanager
def _answering(status: int, headers: dict[str, str], body: bytes) -> Iterator[tuple[str, list[str]]]:
    """A server that answers everything alike; its address, and the Authorization headers that it was sent."""
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.headers.get("Authorization", ""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
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


@pytest.fixture
def nobody() -> str:
    """An address where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


def test_nobody_listens(interlock: Run, nobody: str) -> None:
    """The message names the address and how to start a registry."""
    result = interlock(*_QUESTION, "--server", nobody)
    assert result.exit_code == 4
    assert result.stderr.startswith(f"error[unreachable]: The registry at {nobody} cannot be reached")
    assert "interlock serve" in result.stderr


def test_a_redirect_is_not_followed(interlock: Run, nobody: str) -> None:
    """The token would go along to whoever the redirect names."""
    with _answering(307, {"Location": "http://example.org/"}, b"") as (address, _):
        result = interlock(*_QUESTION, "--server", address, "--token", "ilk_secret")
    assert result.exit_code == 4
    assert "redirects to http://example.org/" in result.stderr
    assert "ilk_secret" not in result.output


@pytest.mark.parametrize(
    ("status", "body"), [(200, b"<html>Hello</html>"), (404, b"<html>None such</html>"), (502, b"Bad gateway")]
)
def test_something_else_answers(interlock: Run, status: int, body: bytes) -> None:
    """A web server that is no registry is exit 4, whatever its status."""
    with _answering(status, {"Content-Type": "text/html"}, body) as (address, _):
        result = interlock(*_QUESTION, "--server", address)
    assert result.exit_code == 4
    assert "no answer of an Interlock registry" in result.stderr


@pytest.mark.parametrize(
    ("status", "code"), [(400, 2), (401, 4), (403, 4), (404, 2), (409, 1), (413, 2), (415, 2), (429, 4), (500, 4), (503, 4)]
)
def test_every_status_has_its_exit_code(interlock: Run, status: int, code: int) -> None:
    """The problem's words, place and next step come through as they are."""
    problem = (
        b'{"code": "some-code", "detail": "It is so.", "next_step": "Do this.", "facts": {},'
        b' "place": {"file": "a.yaml", "path": "", "line": 3, "column": 4}}'
    )
    with _answering(status, {"Content-Type": "application/problem+json"}, problem) as (address, _):
        result = interlock(*_QUESTION, "--server", address)
    assert result.exit_code == code
    assert result.stderr == "error[some-code]: a.yaml:3:4: It is so.\nnext: Do this.\n"


def test_the_token_travels_as_a_bearer_token(interlock: Run) -> None:
    """From the option or from the environment."""
    with _answering(503, {"Content-Type": "application/json"}, b"{}") as (address, seen):
        interlock(*_QUESTION, "--server", address, "--token", "one")
        interlock(*_QUESTION, "--server", address, environment={"INTERLOCK_TOKEN": "two"})
    assert seen == ["Bearer one", "Bearer two"]


@pytest.mark.parametrize("server", ["registry.example.org", "ftp://registry.example.org", "http://"])
def test_what_is_no_address_is_exit_2(interlock: Run, server: str) -> None:
    """A mistake of the caller, not of the registry."""
    result = interlock(*_QUESTION, "--server", server)
    assert result.exit_code == 2
    assert "is no address of a registry" in result.stderr


def test_an_answer_that_takes_too_long_is_exit_4(interlock: Run) -> None:
    """A socket that accepts and says nothing runs into the timeout."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        result = interlock(*_QUESTION, "--server", f"http://127.0.0.1:{silent.getsockname()[1]}", "--timeout", "0.2")
    assert result.exit_code == 4
    assert "timed out" in result.stderr
