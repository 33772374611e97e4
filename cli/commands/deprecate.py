"""`interlock deprecate`: a release has a successor."""

from __future__ import annotations

from datetime import datetime

import click

from cli import options
from cli.connection import Connection
from cli.types import MOMENT


@click.command(short_help="Say until when a release is served.")
@click.argument("contract")
@click.argument("version")
@click.option("--reason", required=True, help="Why, and what to use instead.")
@click.option("--sunset", type=MOMENT, help="Until when it is served.")
@options.output_format
@options.online
def command(contract: str, version: str, reason: str, sunset: datetime | None, format_name: str, connection: Connection) -> None:
    """Deprecate the release VERSION of CONTRACT; it stays as it is, and everybody who looks at it is told."""
    from cli.connection import segment
    from cli.rendering.output import answer

    body = {"state": "deprecated", "reason": reason, "sunset": sunset.isoformat() if sunset else None}
    state = connection.post(f"/contracts/{segment(contract)}/releases/{segment(version)}/states", body)
    until = f", served until {sunset:%Y-%m-%d}" if sunset else ""
    answer(format_name, state, f"{contract} {version} is deprecated{until}.")
