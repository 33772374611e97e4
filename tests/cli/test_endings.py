"""How a run ends when something else than the input is wrong: always with words, never with a traceback, never as a verdict."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import click
import pytest

from cli.errors import errors_ending
from cli.main import main
from registry.domain.errors import InterlockError, error_classes
from tests.cli.support import OPENAPI, Run, write


def test_a_fault_of_the_program_is_exit_70_with_where_it_happened(capsys: pytest.CaptureFixture[str]) -> None:
    """One line to report; pipelines do not take it for an answer."""
    context = click.Context(main)
    with pytest.raises(click.exceptions.Exit) as ended, errors_ending(context):
        raise KeyError("surprise")
    assert ended.value.exit_code == 70
    words = capsys.readouterr().err
    assert words.startswith("error[internal]: Sorry, this is a fault of interlock itself: KeyError at tests.cli.test_endings:")
    assert "Traceback" not in words


@pytest.mark.parametrize("error", tuple(error_classes()), ids=lambda error: error.__name__)
def test_every_error_class_ends_with_a_code_of_the_contract(error: type[InterlockError]) -> None:
    """1 incompatible, 2 input, 4 registry; nothing else."""
    assert error.exit_code == {409: 1, 401: 4, 403: 4, 503: 4}.get(error.status, 2)


def test_an_interruption_is_quiet(here: Path) -> None:
    """Ctrl-C while the registry is waited for: 130, as shells report it, and not a word."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        command = [sys.executable, "-m", "cli.main", "environment", "list", "--server", address]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        silent.accept()
        process.send_signal(signal.SIGINT)
        printed = process.communicate(timeout=30)
    assert (process.returncode, printed) == (130, (b"", b""))


def test_a_report_that_cannot_be_written_is_exit_2(interlock: Run, here: Path) -> None:
    """With the path and what the system says."""
    write(here, {"old.yaml": OPENAPI, "new.yaml": OPENAPI})
    (here / "taken").mkdir()
    result = interlock("diff", "old.yaml", "new.yaml", "--report", "json=taken")
    assert result.exit_code == 2
    assert result.stderr.startswith("error[file]: taken: Is a directory.")


def test_links_in_a_circle_and_names_that_are_no_text_are_no_files(interlock: Run, repository: Path) -> None:
    """The tree is read past them; a contract that is nothing but such a link does not exist."""
    (repository / "proto/loop.proto").symlink_to("loop.proto")
    (repository / os.fsdecode(b"proto/\xff.proto")).write_text("nonsense")
    assert interlock("check", "--against", "HEAD").exit_code == 0
    (repository / "openapi/orders.yaml").unlink()
    (repository / "openapi/orders.yaml").symlink_to("orders.yaml")
    result = interlock("check", "--against", "HEAD")
    assert result.exit_code == 2
    assert "openapi/orders.yaml does not exist" in result.stderr


def test_the_version_is_said(interlock: Run) -> None:
    """For reports of faults."""
    assert interlock("--version").stdout.startswith("interlock 0.")
