"""The output formats: which there are, and how a report gets out of the process."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from cli.failure import INCOMPATIBLE, UNKNOWN, Failure
from cli.terminal import plain
from registry.domain.verdict import Verdict

if TYPE_CHECKING:
    from registry.services.checking.report import CheckReport

TEXT = "text"
JSON = "json"

_REPORTS = "cli.rendering.reports"
_EXIT_CODES = {Verdict.YES: 0, Verdict.NO: INCOMPATIBLE, Verdict.UNKNOWN: UNKNOWN}


@dataclass(frozen=True, slots=True)
class ReportOutput:
    """How a report leaves: the format on stdout, and files in formats of their own."""

    format_name: str
    files: tuple[tuple[str, Path], ...] = ()


def exit_code_of(verdict: Verdict) -> int:
    """0 for yes, 1 for no, 3 for unknown."""
    return _EXIT_CODES[verdict]


def report_formats() -> tuple[str, ...]:
    """The formats of reports, by the names of their modules; text first."""
    folder = Path(__file__).parent / "reports"
    names = {module.name for module in pkgutil.iter_modules([str(folder)])}
    return (TEXT, *sorted(names - {TEXT}))


def finish_report(report: CheckReport, output: ReportOutput) -> None:
    """Print a report and end the process with the exit code of its verdict.

    The report goes to stdout, what people should be told besides to stderr, and further formats to their files.
    """
    from cli.rendering.verdict_line import verdict_lines

    for notice in report.notices:
        click.echo(f"note: {plain(notice)}", err=True)
    _print(report, output)
    if output.format_name != TEXT:
        click.echo(verdict_lines(report), err=True)
    click.get_current_context().exit(exit_code_of(report.verdict))


def refuse_with_report(report: CheckReport, failure: Failure, output: ReportOutput) -> None:
    """Print the findings that a refusal rests on, then the refusal, and end with the exit code of the findings' verdict.

    A release that is only undecided is refused as unknown, not as incompatible.
    """
    from cli.errors import show

    _print(report, output)
    show(failure)
    click.get_current_context().exit(exit_code_of(report.verdict) or failure.exit_code)


def _print(report: CheckReport, output: ReportOutput) -> None:
    for format_name, path in output.files:
        path.write_text(f"{click.unstyle(_renderer(format_name)(report))}\n", "utf-8")
    click.echo(_renderer(output.format_name)(report))


def _renderer(format_name: str) -> Callable[[CheckReport], str]:
    return cast("Callable[[CheckReport], str]", importlib.import_module(f"{_REPORTS}.{format_name}").render)
