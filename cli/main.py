"""The `interlock` command: which commands there are, and how a run ends."""

from __future__ import annotations

import os
from typing import Any

import click

from cli.errors import errors_ending
from cli.lazy import LazyGroup

SECTIONS = {
    "Compare, without a registry": ("diff", "check", "lint", "explain", "rules", "schema"),
    "Publish and read": ("publish", "changelog", "waive", "transfer", "deprecate", "yank"),
    "Consume": ("pull", "generate", "verify-lock"),
    "Deploy": (
        "can-i-deploy",
        "record-deployment",
        "record-undeployment",
        "record-release",
        "record-support-ended",
        "record-verification",
        "environment",
    ),
    "Run a registry": ("serve", "token", "demo"),
}


class Interlock(LazyGroup):
    """The root group: every error of every command ends here."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        if os.environ.get("NO_COLOR"):  # https://no-color.org; without it Click colours what goes to a terminal
            ctx.color = False
        with errors_ending(ctx):
            return super().invoke(ctx)


@click.command(
    cls=Interlock,
    package="cli.commands",
    sections=SECTIONS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="interlock-registry", prog_name="interlock", message="%(prog)s %(version)s")
def main() -> None:
    """Interlock holds the contracts that services promise each other, and says what may be merged and deployed.

    Exit codes are a contract: 0 allowed; 1 incompatible; 2 usage or input error; 3 unknown, and nothing broken;
    4 registry unreachable or refused. (70 is a fault of interlock itself, 130 an interruption.)
    """


if __name__ == "__main__":
    main(prog_name="interlock")
