"""Answers that are no findings: JSON as the registry gave it, or words."""

from __future__ import annotations

from typing import Any

import click

from cli.rendering.formats import JSON
from cli.rendering.machine import as_json


def answer(format_name: str, body: Any, words: str) -> None:
    """Print an answer on stdout in the format that was asked for."""
    click.echo(as_json(body) if format_name == JSON else words)


def hint(next_step: str) -> None:
    """Tell people on stderr what to do next."""
    click.echo(f"{click.style('next:', bold=True)} {next_step}", err=True)
