"""The files of a folder as they are now."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from registry.domain.errors import BadReference, LimitExceeded
from registry.domain.location import Location
from registry.engines.documents.limits import Limits

_NEVER_ENTERED = frozenset({"node_modules", "__pycache__"})
"""Folders of other people's files; hidden folders and virtual environments are left out as well."""


class WorkingTree:
    """A `registry.services.trees.Tree` over a folder. Links are followed as long as they stay inside of it."""

    def __init__(self, root: Path, limits: Limits) -> None:
        self._root = root.resolve()
        self._limits = limits

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, or None when there is none.

        Raises BadReference for a link that leads out of the folder, LimitExceeded before a file that is too large is read.
        """
        file = Path(os.path.realpath(self._root / path))  # unlike resolve(), it answers for links that lead in a circle, too
        if not file.is_relative_to(self._root):
            raise BadReference(f"{path} leads outside of {self._root}.", Location(path, ""))
        if not file.is_file():
            return None
        size = file.stat().st_size
        if size > self._limits.bytes:
            raise LimitExceeded(f"The file has {size} bytes; at most {self._limits.bytes} are read.", Location(path, ""))
        return file.read_bytes()

    def below(self, folder: str) -> Iterator[str]:
        """The paths of all files below a folder, sorted; without names that are no UTF-8, which no contract can spell."""
        for at, folders, files in os.walk(self._root / folder):
            folders[:] = sorted(name for name in folders if _entered(Path(at, name)))
            for path in (Path(at, name) for name in sorted(files)):
                if _is_utf8(path.name) and path.is_file():  # a link that leads nowhere is none
                    yield path.relative_to(self._root).as_posix()


def _entered(folder: Path) -> bool:
    return not (folder.name.startswith(".") or folder.name in _NEVER_ENTERED or (folder / "pyvenv.cfg").exists())


def _is_utf8(name: str) -> bool:
    """Whether a file name is text; Python carries other bytes as lone surrogates."""
    return not any("\ud800" <= char <= "\udfff" for char in name)
