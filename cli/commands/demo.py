"""`interlock demo`."""

from __future__ import annotations

import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

import click


@click.command("demo")
@click.option(
    "--contracts",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("contracts/checkout"),
    show_default=True,
    help="The checkout platform of the project's repository.",
)
@click.option("--once", is_flag=True, help="Leave when the story is told, instead of staying up until Ctrl-C.")
def command(contracts: Path, once: bool) -> None:
    """Watch a registry do its work on the five services of a shop, and browse what it knows afterwards.

    Starts a registry of its own on an SQLite file in a temporary folder, publishes the checkout platform with its history, verifies
    its pacts, deploys it, lets good changes through, stops bad ones, and refuses a deployment until it is fixed.
    """
    from rich.console import Console

    from cli.demo.server import running_server
    from cli.demo.story import OutOfStep, Story

    if shutil.which("git") is None:
        raise click.UsageError("The demo plays in a git repository, and there is no git on PATH.")
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 120)
    started = time.monotonic()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # so that the folder goes and the registry stops
    with tempfile.TemporaryDirectory(prefix="interlock-demo-") as scratch, running_server(Path(scratch)) as address:
        console.print(f"A registry runs at [bold]{address}[/].")
        try:
            Story(contracts.resolve(), Path(scratch), address, console).tell()
        except OutOfStep as error:
            console.print(f"[red]The story went wrong:[/] {error}", markup=True)
            sys.exit(1)
        console.print(f"\nTold in {time.monotonic() - started:.0f} s.")
        if not once:
            console.print(f"Browse the catalog at [bold]{address}[/]; Ctrl-C stops it.")
            _stay()


def _stay() -> None:
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        return
