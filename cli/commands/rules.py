"""`interlock rules`: the catalogue."""

from __future__ import annotations

import click

from cli import options
from cli.rendering.formats import JSON
from registry.domain.contract import ContractKind


@click.command(short_help="List every rule.")
@click.option("--kind", type=click.Choice([str(kind) for kind in ContractKind]), help="Only the rules of this kind of contract.")
@options.output_format
def command(kind: str | None, format_name: str) -> None:
    """List every rule with its severities; `interlock explain RULE` tells one in full."""
    from cli.rendering.machine import as_json
    from cli.rendering.rules import rule_list
    from registry.services.rule_catalogue import rule_to_json, rules

    found = rules([ContractKind(kind)]) if kind else rules()
    click.echo(as_json([rule_to_json(rule) for rule in found]) if format_name == JSON else rule_list(found))
