"""Options that several commands share."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import click

from cli.connection import Connection
from cli.rendering.formats import JSON, TEXT, report_formats
from cli.types import MOMENT

DEFAULT_SERVER = "http://127.0.0.1:8600"

report_format = click.option(
    "--format",
    "format_name",
    type=click.Choice(report_formats()),
    default=TEXT,
    show_default=True,
    help="How the findings are printed on stdout.",
)

output_format = click.option(
    "--format",
    "format_name",
    type=click.Choice([TEXT, JSON]),
    default=TEXT,
    show_default=True,
    help="How the answer is printed on stdout.",
)

as_of = click.option(
    "--as-of",
    type=MOMENT,
    help="The moment at which sunset dates are judged.  [default: now]",
)

max_bytes = click.option(
    "--max-file-bytes",
    type=click.IntRange(min=1),
    envvar="INTERLOCK_MAX_FILE_BYTES",
    show_envvar=True,
    default=16 * 1024 * 1024,
    show_default=True,
    help="Files that are larger are refused before they are read.",
)


def online(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of commands that talk to a registry; they come in as one `connection`."""

    @click.option(
        "--server", envvar="INTERLOCK_SERVER", show_envvar=True, default=DEFAULT_SERVER, show_default=True, help="The registry."
    )
    @click.option(
        "--token", envvar="INTERLOCK_TOKEN", show_envvar=True, default="", help="Who asks; better set in the environment."
    )
    @click.option("--timeout", type=click.FloatRange(min=0, min_open=True), default=60, show_default=True, help="Seconds to wait.")
    @functools.wraps(command)
    def connected(*args: Any, server: str, token: str, timeout: float, **options: Any) -> Any:
        return command(*args, connection=Connection(server, token, timeout), **options)

    return connected
