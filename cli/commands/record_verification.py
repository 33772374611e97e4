"""`interlock record-verification`: what came of running a provider against its consumers' pacts."""

from __future__ import annotations

from pathlib import Path

import click

from cli import options
from cli.connection import Connection
from cli.types import EXISTING_FILE, EXISTING_FOLDER
from registry.engines.documents.limits import Limits


@click.command(short_help="A provider was run against its pacts.")
@click.option("--provider", required=True, help="The service that was run.")
@click.option("--version", help="Its version.  [default: the commit that is checked out]")
@click.option("--results", required=True, type=EXISTING_FILE, help="What the verifier found, as JSON.")
@click.option("--pacts-root", type=EXISTING_FOLDER, help="Where the paths of pacts start.  [default: the folder of the results]")
@options.limits
@options.output_format
@options.online
def command(
    provider: str,
    version: str | None,
    results: Path,
    pacts_root: Path | None,
    limits: Limits,
    format_name: str,
    connection: Connection,
) -> None:
    """Record the outcome of a verification run; pacts of equal content inherit it.

    The results are a JSON list with one object for each pact: {"pact": PATH, "success": true, "interactions": [{"description": ...,
    "success": true, "problem": ...}], "verifier": ..., "provider": ...}. Pacts with another provider are left out.
    """
    from cli.rendering.output import answer
    from cli.rendering.records import verification_list
    from cli.verification_results import verification_body
    from cli.versions import version_or_head

    body = verification_body(provider, version_or_head(version), results, pacts_root or results.parent, limits)
    recorded = connection.post("/verifications", body)["items"]
    answer(format_name, recorded, verification_list(recorded))
