"""`interlock token revoke`."""

from __future__ import annotations

import click

from cli import options
from cli.connection import Connection


@click.command()
@click.argument("name")
@options.online
def command(name: str, connection: Connection) -> None:
    """End the token NAME at once."""
    from cli.connection import segment

    connection.delete(f"/tokens/{segment(name)}")
    click.echo(f"{name} is revoked.")
