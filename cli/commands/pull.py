"""`interlock pull`: a pinned contract in the consumer's tree."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from cli import options
from cli.connection import Connection
from cli.types import PIN, Pin


@click.command(short_help="Fetch pinned contracts into this tree.")
@click.argument("pin", type=PIN, required=False, metavar="[CONTRACT@VERSION]")
@click.option("--into", help="The folder for its files, relative to the lock.  [default: contracts/CONTRACT]")
@click.option("--strict", is_flag=True, help="Refuse a release that was yanked or is past its sunset, instead of warning.")
@click.option("--force", is_flag=True, help="Replace the folder even if somebody has edited it.")
@options.lock
@options.output_format
@options.online
def command(
    pin: Pin | None, into: str | None, strict: bool, force: bool, lock_path: Path, format_name: str, connection: Connection
) -> None:
    """Fetch the release CONTRACT@VERSION, put its files into this tree, and pin name, version and digest in the lock.

    Without an argument, everything that the lock pins is fetched again. Every byte is checked against its digest, and nothing that
    somebody has edited is overwritten without --force.
    """
    from cli.pinning.pulling import Puller
    from cli.rendering.output import answer
    from cli.rendering.pins import pulled_to_json, pulled_words, warn

    puller = Puller(connection, lock_path, datetime.now(UTC), strict, force)
    if pin is None and into is not None:
        raise click.UsageError("--into needs a CONTRACT@VERSION.")
    pulled = puller.restore() if pin is None else [puller.pull(pin.contract, pin.version, into)]
    for row in pulled:
        warn(row.concern)
    answer(format_name, pulled_to_json(pulled), pulled_words(pulled, lock_path))
