"""The service version that a command is about."""

from __future__ import annotations

from pathlib import Path

from cli.git import Git
from registry.domain.errors import BadRequest


def version_or_head(version: str | None) -> str:
    """The version that was given, else the commit that is checked out. Raises BadRequest when there is neither."""
    if version:
        return version
    git = Git.around(Path.cwd())
    head = git.head() if git else None
    if head is None:
        raise BadRequest("There is no --version, and this is no git repository whose commit could stand for it.")
    return head
