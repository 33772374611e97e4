"""`interlock record-deployment`: a version runs."""

from __future__ import annotations

import click

from cli import options
from cli.connection import Connection


@click.command(short_help="A version runs.")
@options.service_version_in_environment
@click.option("--instance", default="", help="The application instance, where an environment has several of one service.")
@options.output_format
@options.online
def command(service: str, version: str | None, environment: str, instance: str, format_name: str, connection: Connection) -> None:
    """Record that a version runs in an environment; what ran in its place before has ended."""
    from cli.connection import segment
    from cli.rendering.output import answer
    from cli.rendering.records import deployment_words
    from cli.versions import version_or_head

    body = {"service": service, "version": version_or_head(version), "instance": instance}
    recorded = connection.post(f"/environments/{segment(environment)}/deployments", body)
    answer(format_name, recorded, deployment_words(recorded, "runs in"))
