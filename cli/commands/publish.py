"""`interlock publish`: hand the working tree's contracts to the registry."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import click

from cli import options
from cli.connection import Connection
from cli.given import Given
from cli.types import EXISTING, MOMENT
from registry.engines.documents.limits import Limits


@click.command(short_help="Hand the working tree's contracts over.")
@click.argument("paths", nargs=-1, type=EXISTING)
@click.option("--release", is_flag=True, help="Claim version numbers away from the main branch, too.")
@click.option(
    "--waive",
    "waivers",
    type=(str, str, str, str, MOMENT),
    multiple=True,
    metavar="CONTRACT RULE ELEMENT REASON EXPIRES",
    help="Let a finding through; may be given several times.",
)
@options.origin
@options.limits
@options.output_format
@options.online
def command(
    paths: tuple[Path, ...],
    given: Given,
    release: bool,
    waivers: tuple[tuple[str, str, str, str, datetime], ...],
    limits: Limits,
    format_name: str,
    connection: Connection,
) -> None:
    """Publish the services whose interlock.toml is at or below PATHS, by default the current folder: all of them, or none.

    Publishing the same again changes nothing. From the main branch, or with --release, every provided contract claims its version
    number, past the gate; what the gate finds is printed as `interlock check` prints it.

    Exit code 0: published, 1: refused, 2: bad input, 3: cannot be decided, 4: no registry.
    """
    from cli.publishing import PublishRequest, ReleaseRefusedHere, publish
    from cli.rendering.formats import ReportOutput, refuse_with_report
    from cli.rendering.output import answer, hint
    from cli.rendering.receipt import receipt_page
    from cli.selection import select
    from registry.domain.change import Waiver
    from registry.services.publication_json import receipt_to_json

    leave = tuple(
        (contract, Waiver(rule, element, reason, "", expires.isoformat())) for contract, rule, element, reason, expires in waivers
    )
    selection = select(paths or (Path(),), limits)
    request = PublishRequest(given, release, leave)
    if selection.differs_from_commit():
        click.echo("note: the working tree differs from the commit, and the working tree is what is published.", err=True)
    try:
        receipt = publish(selection, request, connection, os.environ)
    except ReleaseRefusedHere as refusal:
        refuse_with_report(refusal.report, refusal.failure, ReportOutput(format_name))
    else:
        answer(format_name, receipt_to_json(receipt), receipt_page(receipt))
        first = receipt.service_versions[0]
        hint(f"interlock can-i-deploy --service {first.service} --version {first.version} --to ENVIRONMENT")
