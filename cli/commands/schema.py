"""`interlock schema`: the JSON Schema of what `diff` and `check` print."""

from __future__ import annotations

import click


@click.command(short_help="Print the JSON Schema of reports.")
def command() -> None:
    """Print the JSON Schema of the output of `interlock diff` and `interlock check` with --format json."""
    from cli.rendering.report_schema import report_schema

    click.echo(report_schema())
