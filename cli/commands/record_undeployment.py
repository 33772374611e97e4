"""`interlock record-undeployment`: an application instance is gone."""

from __future__ import annotations

import click

from cli import options
from cli.connection import Connection


@click.command(short_help="A service does not run any more.")
@click.option("--service", required=True, help="The service.")
@click.option("--environment", required=True, help="Where it ran.")
@click.option("--instance", default="", help="The application instance, where an environment has several of one service.")
@options.output_format
@options.online
def command(service: str, environment: str, instance: str, format_name: str, connection: Connection) -> None:
    """Record that a service, or one application instance of it, does not run in an environment any more."""
    from cli.connection import segment
    from cli.rendering.output import answer
    from cli.rendering.records import deployment_words

    body = {"service": service, "instance": instance}
    recorded = connection.post(f"/environments/{segment(environment)}/undeployments", body)
    answer(format_name, recorded, deployment_words(recorded, "no longer runs in"))
