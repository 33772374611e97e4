"""`interlock verify-lock`: whether the tree, the lock and the registry agree."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from cli import options
from cli.connection import Connection
from cli.failure import INCOMPATIBLE


@click.command(short_help="Check that tree, lock and registry agree.")
@click.option("--offline", is_flag=True, help="Do not ask the registry.")
@click.option("--regenerate", is_flag=True, help="Run every pinned generator again, and compare what it makes.")
@click.option("--strict", is_flag=True, help="Fail for a release that was yanked or is past its sunset, instead of warning.")
@options.lock
@options.output_format
@options.online
@click.pass_context
def command(
    ctx: click.Context,
    offline: bool,
    regenerate: bool,
    strict: bool,
    lock_path: Path,
    format_name: str,
    connection: Connection,
) -> None:
    """Check that what was pulled and generated is what the lock pins, and that the registry still says so.

    Exit code 0: all agree; 1: something differs, and which side is named.
    """
    from cli.pinning.lock_file import read_lock
    from cli.pinning.verifying import Verifier
    from cli.rendering.output import answer, hint
    from cli.rendering.pins import deviation_words, deviations_to_json

    if not lock_path.exists():
        raise click.UsageError(f"There is no {lock_path}; `interlock pull CONTRACT@VERSION` makes one.")
    lock = read_lock(lock_path)
    verifier = Verifier(lock_path.parent, None if offline else connection, datetime.now(UTC), strict, regenerate)
    found = list(verifier.deviations(lock))
    answer(format_name, deviations_to_json(found), deviation_words(found, lock))
    if any(row.fails for row in found):
        hint(
            "`interlock pull --force` and `interlock generate` restore what the lock pins; a new pin is made with `interlock pull`."
        )
        ctx.exit(INCOMPATIBLE)
