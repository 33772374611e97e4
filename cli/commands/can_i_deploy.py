"""`interlock can-i-deploy`: may this version go there?"""

from __future__ import annotations

import click

from cli import options
from cli.connection import Connection


@click.command(short_help="Say whether a version may go to an environment.")
@click.option("--service", required=True, help="The service to deploy.")
@click.option("--version", help="Its version.  [default: the commit that is checked out]")
@click.option("--to", "environment", required=True, metavar="ENVIRONMENT", help="Where it is to go.")
@options.output_format
@options.online
def command(service: str, version: str | None, environment: str, format_name: str, connection: Connection) -> None:
    """Say whether a version fits everything that runs in an environment: pacts, event schemas and gRPC stubs at once.

    Every edge is shown with its evidence, and every red one with what clears it and who can do that. With nothing to check, that is
    said and allowed. Exit code 0: yes, 1: no, 2: never published or no such environment, 3: unknown, 4: no registry.
    """
    from cli.rendering.decision import decision_page
    from cli.rendering.formats import exit_code_of
    from cli.rendering.output import answer
    from cli.versions import version_or_head
    from registry.services.decision_json import decision_from_json

    body = connection.get("/can-i-deploy", service=service, version=version_or_head(version), environment=environment)
    decision = decision_from_json(body)
    answer(format_name, body, decision_page(decision))
    click.get_current_context().exit(exit_code_of(decision.verdict))
