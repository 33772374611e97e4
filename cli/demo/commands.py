"""Running the real commands in this process, as a person would type them."""

from __future__ import annotations

import contextlib
import io
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ended, and what it printed for machines and for people."""

    code: int
    stdout: str
    stderr: str

    def json(self) -> Any:
        """What it printed on stdout, as JSON."""
        return json.loads(self.stdout)


def run(arguments: Sequence[str], *, folder: Path, environment: Mapping[str, str]) -> Outcome:
    """Run `interlock ARGUMENTS` in a folder."""
    from cli.main import main

    stdout, stderr = io.StringIO(), io.StringIO()
    with _in(folder), _with(environment), contextlib.redirect_stdout(stdout), contextlib.redirect_stderr(stderr):
        try:
            main.main(args=list(arguments), prog_name="interlock", standalone_mode=True)
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 0
        except click.exceptions.Exit as ended:
            code = ended.exit_code
    return Outcome(code, stdout.getvalue(), stderr.getvalue())


@contextlib.contextmanager
def _in(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


@contextlib.contextmanager
def _with(environment: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(environment)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
