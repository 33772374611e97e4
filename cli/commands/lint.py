"""`interlock lint`: faults of style."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from cli import options
from cli.rendering.formats import ReportOutput, finish_report
from cli.types import EXISTING
from registry.engines.documents.limits import Limits


@click.command(short_help="Find faults in contracts.")
@click.argument("paths", nargs=-1, type=EXISTING)
@click.option("--strict", is_flag=True, help="Let every finding block.")
@options.as_of
@options.limits
@options.report_output
def command(paths: tuple[Path, ...], strict: bool, as_of: datetime | None, limits: Limits, output: ReportOutput) -> None:
    """Find faults in the contracts that the services at or below PATHS provide, by default the current folder.

    A path without an interlock.toml is read as a contract. Protobuf contracts are linted by buf, with the rules that a buf.yaml in
    the contract's folder chooses; in OpenAPI documents it finds where they break the specification or contradict themselves. The
    other kinds have no style rules. Findings are risky, and block only where the policy raises their rule
    (`raise = ["buf-lint:FIELD_LOWER_SNAKE_CASE"]`) or with --strict. Nothing is sent anywhere.

    Exit code 0: nothing blocks, 1: something does, 2: bad input.
    """
    from cli.linting import lint

    finish_report(lint(paths or (Path(),), strict=strict, as_of=as_of or datetime.now(UTC), limits=limits), output)
