"""How much Protobuf the registry compiles before it says no."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChildLimits:
    """Bounds of one child process: its address space, processor and wall time, and the size of each file that it writes."""

    memory_bytes: int = 1024 * 1024 * 1024
    cpu_seconds: int = 20
    wall_seconds: float = 30.0
    output_bytes: int = 128 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class CompileLimits(ChildLimits):
    """Bounds of one compilation: of the compiler's child process, and of the text before the compiler sees it.

    `bytes` counts all files together, `nesting` the open brackets at any point of a file, `import_depth` the files of the longest
    import chain.
    """

    bytes: int = 32 * 1024 * 1024
    files: int = 5_000
    nesting: int = 64
    import_depth: int = 500


LINT_LIMITS = ChildLimits(memory_bytes=4 * 1024 * 1024 * 1024, output_bytes=32 * 1024 * 1024)
"""For the linter, whose runtime reserves gigabytes of addresses that it never touches."""
