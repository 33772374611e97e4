"""`interlock token list`."""

from __future__ import annotations

import click

from cli import options
from cli.connection import Connection


@click.command()
@options.output_format
@options.online
def command(format_name: str, connection: Connection) -> None:
    """List all tokens, without their secrets."""
    from cli.rendering.output import answer
    from cli.rendering.records import token_list

    tokens = connection.get("/tokens")["items"]
    answer(format_name, tokens, token_list(tokens))
