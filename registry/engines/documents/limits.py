"""How much the registry reads before it says no."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that hold before anything is parsed or walked.

    Bytes of one file, nesting levels, values, characters of the pointers to all values together, files of a revision.
    """

    bytes: int = 16 * 1024 * 1024
    depth: int = 200
    nodes: int = 5_000_000
    paths: int = 1 << 28
    files: int = 5_000
