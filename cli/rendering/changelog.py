"""A contract's change log for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from cli.rendering.words import plain, severity_word, undecided_word
from registry.domain.comparison_json import from_json


def changelog_page(contract: str, entries: Sequence[Mapping[str, Any]]) -> str:
    """One block a release, as the registry lists them."""
    blocks = ["\n".join(_entry(contract, entry)) for entry in entries]
    return "\n\n".join(blocks) or f"{plain(contract)} has no release yet."


def _entry(contract: str, entry: Mapping[str, Any]) -> Iterator[str]:
    since = f", since {entry['baseline']}" if entry["baseline"] else ", the first of its line"
    yield click.style(plain(f"{contract} {entry['version']}"), bold=True) + f"  {entry['released_at'][:10]}{plain(since)}"
    comparison = from_json(entry["comparison"])
    for change in comparison.changes:
        waived = f" (waived: {plain(change.waived_by.reason)})" if change.waived_by else ""
        yield f"  {severity_word(change.severity)}  {plain(change.called)}  {plain(change.message)}{waived}"
    for question in comparison.undecided:
        yield f"  {undecided_word()}  {plain(question.rule)}  {plain(question.message)}"
    if entry["baseline"] and not comparison.changes and not comparison.undecided:
        yield "  no change that has a name"
