"""`interlock environment create`."""

from __future__ import annotations

import click

from cli import options
from cli.connection import Connection


@click.command()
@click.argument("name")
@click.option("--production/--no-production", default=False, show_default=True, help="Whether users depend on it.")
@click.option("--description", default="", help="What it is for.")
@options.output_format
@options.online
def command(name: str, production: bool, description: str, format_name: str, connection: Connection) -> None:
    """Create the environment NAME."""
    from cli.rendering.output import answer
    from cli.rendering.records import environment_list

    created = connection.post("/environments", {"name": name, "production": production, "description": description})
    answer(format_name, created, environment_list([created]))
