"""`interlock record-support-ended`: a version is not offered any more."""

from __future__ import annotations

import click

from cli import options
from cli.connection import Connection


@click.command(short_help="A version is not offered any more.")
@options.service_version_in_environment
@options.output_format
@options.online
def command(service: str, version: str | None, environment: str, format_name: str, connection: Connection) -> None:
    """Record that a version which `record-release` offered to users is not supported in an environment any more."""
    from cli.connection import segment
    from cli.rendering.output import answer
    from cli.rendering.records import deployment_words
    from cli.versions import version_or_head

    body = {"service": service, "version": version_or_head(version)}
    recorded = connection.post(f"/environments/{segment(environment)}/support-ends", body)
    answer(format_name, recorded, deployment_words(recorded, "is no longer supported in"))
