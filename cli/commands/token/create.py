"""`interlock token create`."""

from __future__ import annotations

import click

from cli import options
from cli.connection import Connection


@click.command()
@click.argument("name")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    required=True,
    metavar="SCOPE",
    help="read, publish[:service:NAME|:team:NAME], deploy[:ENVIRONMENT] or admin; may be given several times.",
)
@click.option("--days", type=click.IntRange(1, 366), default=90, show_default=True, help="How long it is valid.")
@click.option("--database-url", help="Make it in this database instead of asking a registry: the way to the first token.")
@options.output_format
@options.online
def command(
    name: str, scopes: tuple[str, ...], days: int, database_url: str | None, format_name: str, connection: Connection
) -> None:
    """Make the token NAME. Its secret is printed on stdout, once; the registry keeps only a keyed hash of it."""
    from cli.rendering.output import answer

    if database_url is None:
        created = connection.post("/tokens", {"name": name, "scopes": list(scopes), "expires_in_days": days})
    else:
        from cli.first_token import create_directly

        created = create_directly(database_url, name, scopes, days)
    answer(format_name, created, created["secret"])
    click.echo(f"{name} may {', '.join(created['scopes'])} until {created['expires_at'][:10]}.", err=True)
