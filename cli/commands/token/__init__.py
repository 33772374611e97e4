"""`interlock token`: who may do what."""

from __future__ import annotations

import click

from cli.lazy import LazyGroup


@click.command(cls=LazyGroup, package="cli.commands.token", sections={"Commands": ("create", "list", "revoke")})
def command() -> None:
    """Create, list and revoke access tokens."""
