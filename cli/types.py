"""Parameter types: what Click checks before a command runs, so that a wrong value is exit 2 with the option's name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from cli.rendering.formats import report_formats
from registry.domain.moments import moment_of
from registry.domain.semver import Version

EXISTING = click.Path(exists=True, path_type=Path)
"""A file or folder that is there."""

EXISTING_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
"""A file that is there."""

EXISTING_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
"""A folder that is there."""


class Moment(click.ParamType):
    """A date (the first moment of it, UTC) or an RFC 3339 date-time, as an aware datetime."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The moment that a text names."""
        if isinstance(value, datetime):
            return value
        try:
            return moment_of(value)
        except ValueError:
            self.fail(f"{value!r} is no date or date-time; write 2026-11-30 or 2026-11-30T12:00:00Z.", param, ctx)


MOMENT = Moment()


class ReportFile(click.ParamType):
    """`FORMAT=FILE`: a report that is written to a file beside what is printed."""

    name = "FORMAT=FILE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Path]:
        """The format and the path."""
        if isinstance(value, tuple):
            return value
        format_name, _, path = value.partition("=")
        if format_name not in report_formats() or not path:
            self.fail(f"{value!r} is no FORMAT=FILE; the formats are {', '.join(report_formats())}.", param, ctx)
        if not Path(path).parent.is_dir():
            self.fail(f"The folder of {path} does not exist.", param, ctx)
        return format_name, Path(path)


REPORT_FILE = ReportFile()


@dataclass(frozen=True, slots=True)
class Pin:
    """A release of a contract."""

    contract: str
    version: Version


class PinType(click.ParamType):
    """`CONTRACT@VERSION`."""

    name = "CONTRACT@VERSION"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Pin:
        """The contract and the number."""
        if isinstance(value, Pin):
            return value
        contract, _, number = value.rpartition("@")
        version = Version.parse(number)
        if not contract or version is None:
            self.fail(f"{value!r} is no CONTRACT@VERSION, such as payments-api@1.2.0.", param, ctx)
        return Pin(contract, version)


PIN = PinType()
