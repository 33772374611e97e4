"""`interlock check`: may this working tree be merged?"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from cli import options
from cli.connection import Connection
from cli.rendering.formats import ReportOutput, finish_report
from cli.types import EXISTING
from registry.engines.documents.limits import Limits


@click.command(short_help="Say whether the working tree may be merged.")
@click.argument("paths", nargs=-1, type=EXISTING)
@click.option("--against", metavar="GIT_REF", help="Compare with this commit, branch or tag, without any registry.")
@click.option("--environment", "environments", multiple=True, help="Compare with what is deployed there too, as the policy does.")
@options.as_of
@options.limits
@options.report_output
@options.online
def command(
    paths: tuple[Path, ...],
    against: str | None,
    environments: tuple[str, ...],
    as_of: datetime | None,
    limits: Limits,
    output: ReportOutput,
    connection: Connection,
) -> None:
    """Check the services whose interlock.toml is at or below PATHS, by default the current folder.

    With --against, compares with the files of a commit and talks to nobody. Without, asks the registry to compare with the revision
    published at the merge base with the main branch (or else with the newest release, which it says), and with what is deployed in
    the environments that the policy names. Nothing is published. A contract without a baseline is named and allowed.

    Exit code 0: may be merged, 1: breaks, 2: bad input, 3: cannot be decided, 4: no registry.
    """
    from cli.checking import check_against_commit, check_at_registry
    from cli.selection import select

    if against is None and as_of is not None:
        raise click.UsageError("--as-of needs --against: the registry judges by its own clock.")
    if against is not None and environments:
        raise click.UsageError("--environment needs the registry; leave out --against.")
    selection = select(paths or (Path(),), limits)
    if against is not None:
        report = check_against_commit(selection, against, as_of or datetime.now(UTC))
    else:
        report = check_at_registry(selection, connection, environments, os.environ)
    finish_report(report, output)
