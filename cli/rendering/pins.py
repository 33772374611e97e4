"""Pinned contracts, generated code, and what differs, in words and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from cli.pinning.pulling import Pulled
from cli.pinning.verifying import Deviation
from cli.rendering.words import counted, plain
from registry.domain.lock import Generated, Lock

JsonObject = dict[str, Any]


def warn(concern: str | None) -> None:
    """Tell people on stderr what is the matter with a release, if anything is."""
    if concern:
        click.echo(f"{click.style('warning:', fg='yellow', bold=True)} {plain(concern)}", err=True)


def pulled_words(pulled: Sequence[Pulled], lock: Path) -> str:
    """Where each contract stands now."""
    rows = [f"{row.pinned.label} ({counted(len(row.pinned.files), 'file')}) is in {row.pinned.folder}." for row in pulled]
    return plain_lines(rows) or f"{lock} pins no contract; `interlock pull CONTRACT@VERSION` pins one."


def pulled_to_json(pulled: Sequence[Pulled]) -> list[JsonObject]:
    """`[{"contract", "version", "kind", "digest", "folder", "warning"}]`."""
    return [
        {
            "contract": row.pinned.contract,
            "version": str(row.pinned.version),
            "kind": str(row.pinned.kind),
            "digest": row.pinned.digest,
            "folder": row.pinned.folder,
            "warning": row.concern,
        }
        for row in pulled
    ]


def generated_words(rows: Sequence[Generated], lock: Path) -> str:
    """Where each generator's code stands now."""
    lines = [
        f"{row.generator} {row.generator_version} made {counted(len(row.files), 'file')} of {row.contract} in {row.folder}."
        for row in rows
    ]
    return plain_lines(lines) or f"{lock} lists nothing to generate; `interlock generate CONTRACT --generator NAME` adds it."


def generated_to_json(rows: Sequence[Generated]) -> list[JsonObject]:
    """`[{"contract", "generator", "generator_version", "options", "folder", "files"}]`."""
    return [
        {
            "contract": row.contract,
            "generator": row.generator,
            "generator_version": row.generator_version,
            "options": list(row.options),
            "folder": row.folder,
            "files": dict(row.files),
        }
        for row in rows
    ]


def deviation_words(found: Sequence[Deviation], lock: Lock) -> str:
    """What differs, one a line, or that nothing does."""
    lines = [f"{row.side if row.fails else 'warning'}  {row.subject}: {row.problem}" for row in found]
    subjects = f"{counted(len(lock.contracts), 'contract')} and {len(lock.generated)} generated"
    verdict = "differ" if any(row.fails for row in found) else "agree"
    return plain_lines([*lines, f"{subjects}: tree, lock and registry {verdict}."])


def deviations_to_json(found: Sequence[Deviation]) -> JsonObject:
    """`{"agree", "deviations": [{"side", "subject", "problem", "fails"}]}`."""
    rows = [{"side": row.side, "subject": row.subject, "problem": row.problem, "fails": row.fails} for row in found]
    return {"agree": not any(row.fails for row in found), "deviations": rows}


def plain_lines(lines: Sequence[str]) -> str:
    """Lines that are safe to print."""
    return "\n".join(map(plain, lines))
