"""`interlock explain`: what a rule means."""

from __future__ import annotations

import click


@click.command(short_help="Say what a rule means, with examples.")
@click.argument("rule")
def command(rule: str) -> None:
    """Say what RULE means, why it hurts, and show an example that breaks and one that does not."""
    from cli.rendering.rules import rule_page
    from registry.domain.errors import NotFound
    from registry.services.rule_catalogue import named

    found = named(rule)
    if not found:
        raise NotFound("rule", rule, "`interlock rules` lists them all.")
    click.echo("\n\n".join(rule_page(item) for item in found))
