"""Folders whose whole content is ours: replaced in one step, and held against digests."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from registry.domain.contract import digest_of
from registry.domain.lock import FileDigests


@dataclass(frozen=True, slots=True)
class Edited:
    """A file that is not as it was written, and how: `changed`, `missing` or `added`."""

    path: str
    how: str


def digests_of(files: Mapping[str, bytes]) -> FileDigests:
    """The digest of each file."""
    return {path: digest_of(data) for path, data in files.items()}


def files_below(folder: Path) -> dict[str, bytes]:
    """The files of a folder by path, links not followed; empty where there is no folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in _below(folder) if not path.is_symlink()}


def edits(folder: Path, written: FileDigests) -> list[Edited]:
    """How a folder differs from what was written to it, by path. A link counts as added: what it leads to is not ours."""
    links = {path.relative_to(folder).as_posix() for path in _below(folder) if path.is_symlink()}
    found = digests_of(files_below(folder))
    how = {path: "changed" if path in found else "missing" for path, digest in written.items() if found.get(path) != digest}
    how |= dict.fromkeys((found.keys() | links) - written.keys(), "added")
    return [Edited(path, how[path]) for path in sorted(how)]


def replace_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make `files` the whole content of a folder, swapped in once it is complete.

    Between the two renames there is no folder: a kill at that instant is mended by the next run.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as beside:
        fresh, old = Path(beside, "new"), Path(beside, "old")
        fresh.mkdir()
        for path, data in files.items():
            target = fresh / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        if folder.is_symlink() or folder.is_file():
            raise NotADirectoryError(20, "is not a folder of its own", str(folder))
        if folder.exists():
            folder.rename(old)
        fresh.rename(folder)
        shutil.rmtree(old, ignore_errors=True)


def _below(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_symlink() or path.is_file())
