"""The output formats: which there are, and how a report gets out of the process."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from cli.failure import INCOMPATIBLE, UNKNOWN, Failure
from registry.domain.verdict import Verdict

if TYPE_CHECKING:
    from registry.services.checking.report import CheckReport

TEXT = "text"
JSON = "json"

_REPORTS = "cli.rendering.reports"
_EXIT_CODES = {Verdict.YES: 0, Verdict.NO: INCOMPATIBLE, Verdict.UNKNOWN: UNKNOWN}


def exit_code_of(verdict: Verdict) -> int:
    """0 for yes, 1 for no, 3 for unknown."""
    return _EXIT_CODES[verdict]


def report_formats() -> tuple[str, ...]:
    """The formats of reports, by the names of their modules; text first."""
    folder = Path(__file__).parent / "reports"
    names = {module.name for module in pkgutil.iter_modules([str(folder)])}
    return (TEXT, *sorted(names - {TEXT}))


def finish_report(report: CheckReport, format_name: str) -> None:
    """Print a report and end the process with the exit code of its verdict.

    The report goes to stdout, what people should be told besides to stderr.
    """
    from cli.rendering.verdict_line import verdict_lines

    for notice in report.notices:
        click.echo(f"note: {notice}", err=True)
    click.echo(_renderer(format_name)(report))
    if format_name != TEXT:
        click.echo(verdict_lines(report), err=True)
    click.get_current_context().exit(exit_code_of(report.verdict))


def refuse_with_report(report: CheckReport, failure: Failure, format_name: str) -> None:
    """Print the findings that a refusal rests on, then the refusal, and end with the exit code of the findings' verdict.

    A release that is only undecided is refused as unknown, not as incompatible.
    """
    from cli.errors import show

    click.echo(_renderer(format_name)(report))
    show(failure)
    click.get_current_context().exit(exit_code_of(report.verdict) or failure.exit_code)


def _renderer(format_name: str) -> Callable[[CheckReport], str]:
    return cast("Callable[[CheckReport], str]", importlib.import_module(f"{_REPORTS}.{format_name}").render)
