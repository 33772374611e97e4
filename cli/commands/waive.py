"""`interlock waive`: let a finding through."""

from __future__ import annotations

from datetime import datetime

import click

from cli import options
from cli.connection import Connection
from cli.types import MOMENT


@click.command(short_help="Let a finding through, for a reason.")
@click.argument("contract")
@click.option("--rule", required=True, help="The rule of the finding.")
@click.option("--element", required=True, help="The element of the finding, with all that is part of it; * for every element.")
@click.option("--reason", required=True, help="Why; it is kept in the contract's history.")
@click.option("--expires", required=True, type=MOMENT, help="Until when the leave holds.")
@options.output_format
@options.online
def command(
    contract: str, rule: str, element: str, reason: str, expires: datetime, format_name: str, connection: Connection
) -> None:
    """Give leave for one rule to find something in one element of CONTRACT, for a reason and until a date.

    It covers breaking changes and those that cannot be decided. Once released, the new revision is the baseline.
    """
    from cli.connection import segment
    from cli.rendering.output import answer

    body = {"rule": rule, "element": element, "reason": reason, "expires": expires.isoformat()}
    waiver = connection.post(f"/contracts/{segment(contract)}/waivers", body)
    answer(format_name, waiver, f"{rule} may find {element} in {contract} until {waiver['expires']}.")
