"""`interlock environment`: the places where versions run."""

from __future__ import annotations

import click

from cli.lazy import LazyGroup


@click.command(cls=LazyGroup, package="cli.commands.environment", sections={"Commands": ("create", "list")})
def command() -> None:
    """Create and list environments."""
