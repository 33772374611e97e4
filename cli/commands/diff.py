"""`interlock diff`: two versions of a contract, file against file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from cli import options
from cli.garbage import uncollected
from cli.rendering.formats import ReportOutput, finish_report
from cli.types import EXISTING
from registry.domain.contract import ContractKind, Mode
from registry.domain.policy import ComparisonPolicy
from registry.engines.documents.document import each_read_once
from registry.engines.documents.limits import Limits


@click.command(short_help="Compare two versions of a contract.")
@click.argument("old", type=EXISTING)
@click.argument("new", type=EXISTING)
@click.option(
    "--kind", type=click.Choice([str(kind) for kind in ContractKind]), help="What the files are.  [default: told from them]"
)
@click.option(
    "--mode",
    type=click.Choice([str(mode) for mode in Mode if not mode.transitive]),
    help="Which direction has to fit.  [default: backward; full for JSON Schema, which does not say who writes and who reads]",
)
@options.protobuf_policy
@options.as_of
@options.limits
@options.report_output
def command(
    old: Path,
    new: Path,
    kind: str | None,
    mode: str | None,
    policy: ComparisonPolicy,
    as_of: datetime | None,
    limits: Limits,
    output: ReportOutput,
) -> None:
    """Compare two versions of a contract: OLD and NEW are files or folders of .proto files.

    Nothing is sent anywhere and nothing is fetched. Exit code 0: compatible, 1: breaking, 2: bad input, 3: cannot be decided.
    """
    from cli.diffing import diff

    with uncollected(), each_read_once():
        report = diff(
            old,
            new,
            kind=ContractKind(kind) if kind else None,
            mode=Mode(mode) if mode else None,
            as_of=as_of or datetime.now(UTC),
            limits=limits,
            policy=policy,
        )
    finish_report(report, output)
