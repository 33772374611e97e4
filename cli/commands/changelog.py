"""`interlock changelog`: what changed from release to release."""

from __future__ import annotations

import click

from cli import options
from cli.connection import Connection


@click.command(short_help="Show what changed from release to release.")
@click.argument("contract")
@options.output_format
@options.online
def command(contract: str, format_name: str, connection: Connection) -> None:
    """Show every release of CONTRACT with its classified changes, newest first."""
    from cli.connection import segment
    from cli.rendering.changelog import changelog_page
    from cli.rendering.output import answer

    entries = connection.pages(f"/contracts/{segment(contract)}/changelog")
    answer(format_name, entries, changelog_page(contract, entries))
