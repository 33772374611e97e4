"""What the command line says about who publishes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Given:
    """What was given; None where git or the CI is to be asked."""

    version: str | None = None
    commit: str | None = None
    branch: str | None = None
    repository: str | None = None
