"""Parameter types: what Click checks before a command runs, so that a wrong value is exit 2 with the option's name."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

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
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no date or date-time; write 2026-11-30 or 2026-11-30T12:00:00Z.", param, ctx)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


MOMENT = Moment()
