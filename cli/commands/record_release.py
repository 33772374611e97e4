"""`interlock record-release`: a version is offered to users."""

from __future__ import annotations

import click

from cli import options
from cli.connection import Connection


@click.command(short_help="A version is offered to users.")
@options.service_version_in_environment
@options.output_format
@options.online
def command(service: str, version: str | None, environment: str, format_name: str, connection: Connection) -> None:
    """Record that a version is offered to users in an environment, like an app in a store: it ends nothing before it."""
    from cli.connection import segment
    from cli.rendering.output import answer
    from cli.rendering.records import deployment_words
    from cli.versions import version_or_head

    body = {"service": service, "version": version_or_head(version)}
    recorded = connection.post(f"/environments/{segment(environment)}/releases", body)
    answer(format_name, recorded, deployment_words(recorded, "is supported in"))
