"""`interlock transfer`: give something to another team."""

from __future__ import annotations

import click

from cli import options
from cli.connection import Connection


@click.command(short_help="Give a contract or a service to another team.")
@click.argument("what", type=click.Choice(["contract", "service"]))
@click.argument("name")
@click.option("--team", required=True, help="The new owner.")
@click.option("--service", help="The service that provides a contract from now on.")
@options.output_format
@options.online
def command(what: str, name: str, team: str, service: str | None, format_name: str, connection: Connection) -> None:
    """Give a contract or a service to another team. A service takes its entities and contracts along. The act is audited."""
    from cli.connection import segment
    from cli.rendering.output import answer

    if what == "service" and service is not None:
        raise click.UsageError("--service says who provides a contract; it does not go with `transfer service`.")
    body = {"team": team, "service": service} if what == "contract" else {"team": team}
    owned = connection.post(f"/{what}s/{segment(name)}/transfer", body)
    answer(format_name, owned, f"The {what} {owned['name']} is owned by {owned['team']}.")
