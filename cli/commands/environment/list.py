"""`interlock environment list`."""

from __future__ import annotations

import click

from cli import options
from cli.connection import Connection


@click.command()
@options.output_format
@options.online
def command(format_name: str, connection: Connection) -> None:
    """List all environments."""
    from cli.rendering.output import answer
    from cli.rendering.records import environment_list

    environments = connection.get("/environments")["items"]
    answer(format_name, environments, environment_list(environments))
