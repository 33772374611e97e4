"""docs/cli.md: what every command says about itself."""

from __future__ import annotations

from collections.abc import Iterator

import click

from cli.lazy import LazyGroup
from cli.main import main

_WIDTH = 100


def commands_page() -> str:
    """The help of every command, in the order of the sections."""
    return "\n".join(
        ["# The command line", "", "What `interlock COMMAND --help` prints.", "", *_entries(main, ("interlock",), None)]
    )


def _entries(command: click.Command, names: tuple[str, ...], parent: click.Context | None) -> Iterator[str]:
    context = click.Context(command, info_name=names[-1], parent=parent, terminal_width=_WIDTH, max_content_width=_WIDTH)
    yield from (f"{'#' * (len(names) + 1)} `{' '.join(names)}`", "", "```text", command.get_help(context), "```", "")
    if isinstance(command, LazyGroup):
        for name in command.list_commands(context):
            member = command.get_command(context, name)
            if member is not None:
                yield from _entries(member, (*names, name), context)
