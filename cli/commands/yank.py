"""`interlock yank`: a release must not be used."""

from __future__ import annotations

import click

from cli import options
from cli.connection import Connection


@click.command(short_help="Withdraw a release for good.")
@click.argument("contract")
@click.argument("version")
@click.option("--reason", required=True, help="What is wrong with it.")
@options.output_format
@options.online
def command(contract: str, version: str, reason: str, format_name: str, connection: Connection) -> None:
    """Withdraw the release VERSION of CONTRACT: it is no baseline any more, and its number stays taken. For good."""
    from cli.connection import segment
    from cli.rendering.output import answer

    body = {"state": "yanked", "reason": reason}
    state = connection.post(f"/contracts/{segment(contract)}/releases/{segment(version)}/states", body)
    answer(format_name, state, f"{contract} {version} is yanked.")
