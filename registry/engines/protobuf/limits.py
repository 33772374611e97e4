"""How much Protobuf the registry compiles before it says no."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CompileLimits:
    """Bounds of one compilation.

    `bytes` counts all files together, `nesting` the open brackets at any point of a file, `import_depth` the files of the longest
    import chain. The rest bounds the compiler's child process: its address space, processor and wall time, and what it writes.
    """

    bytes: int = 32 * 1024 * 1024
    files: int = 5_000
    nesting: int = 64
    import_depth: int = 500
    memory_bytes: int = 1024 * 1024 * 1024
    cpu_seconds: int = 20
    wall_seconds: float = 30.0
    output_bytes: int = 128 * 1024 * 1024
