"""The lock of a consumer's tree, on disk."""

from __future__ import annotations

from pathlib import Path

from registry.domain.lock import Lock
from registry.services.lock_file import lock_text, parse_lock


def read_lock(path: Path) -> Lock:
    """The lock at a path; an empty one where there is none. Raises BadLock, and what reading TOML raises."""
    return parse_lock(path.name, path.read_bytes()) if path.exists() else Lock()


def write_lock(path: Path, lock: Lock) -> None:
    """Replace the lock in one step: whoever reads it meanwhile sees the old one or the new one."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(lock_text(lock), encoding="utf-8")
    fresh.replace(path)
