"""Small words of the text output: safe on a terminal, short, and the same everywhere."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import click

from cli.terminal import plain
from registry.domain.verdict import Severity, Verdict

_COLOURS = {Severity.BREAKING: "red", Severity.RISKY: "yellow", Severity.SAFE: "green"}
_VERDICT_COLOURS = {Verdict.NO: "red", Verdict.UNKNOWN: "magenta", Verdict.YES: "green"}
_WITNESS_CHARACTERS = 400


def compact(value: Any) -> str:
    """A JSON value on one line, shortened."""
    text = plain(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    return text if len(text) <= _WITNESS_CHARACTERS else f"{text[:_WITNESS_CHARACTERS]}... ({len(text)} characters)"


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 contract`, `2 contracts`."""
    return f"{number} {noun if number == 1 else plural or f'{noun}s'}"


def some(items: Sequence[str], shown: int) -> str:
    """The first few items, and how many more there are."""
    more = len(items) - shown
    return plain(", ".join(items[:shown]) + (f", and {more} more" if more > 0 else ""))


def severity_word(severity: Severity) -> str:
    """The severity in its colour."""
    return click.style(str(severity), fg=_COLOURS[severity], bold=True)


def verdict_word(verdict: Verdict) -> str:
    """The verdict in its colour."""
    return click.style(str(verdict), fg=_VERDICT_COLOURS[verdict], bold=True)


def undecided_word() -> str:
    """What stands where a severity would, for what could not be decided."""
    return click.style("unknown", fg=_VERDICT_COLOURS[Verdict.UNKNOWN], bold=True)


def faint(text: str) -> str:
    """Text of less weight."""
    return click.style(text, dim=True)


def short_version(version: str) -> str:
    """A service version as people quote it: a commit by its first twelve characters."""
    is_hash = len(version) == 40 and all(char in "0123456789abcdef" for char in version)
    return version[:12] if is_hash else plain(version)


def table(rows: Sequence[Sequence[str]]) -> str:
    """Rows in columns of one width each; the last column is not padded."""
    if not rows:
        return ""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "\n".join(plain(line) for line in lines)
