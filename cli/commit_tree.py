"""The files of a git commit, read from the object database without checking anything out."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from registry.domain.errors import LimitExceeded, Unavailable
from registry.domain.location import Location
from registry.engines.documents.limits import Limits

_FILE_MODES = frozenset({b"100644", b"100755"})
"""Regular files; links and submodules are no files of this commit."""


class CommitTree:
    """A `registry.services.trees.Tree` over a commit."""

    def __init__(self, blobs: dict[str, tuple[str, int]], objects: subprocess.Popen[bytes], limits: Limits) -> None:
        self._blobs = blobs
        self._objects = objects
        self._limits = limits

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, or None when there is none. Raises LimitExceeded before a file that is too large is read."""
        found = self._blobs.get(path)
        if found is None:
            return None
        name, size = found
        if size > self._limits.bytes:
            raise LimitExceeded(f"The file has {size} bytes; at most {self._limits.bytes} are read.", Location(path, ""))
        asked, answers = _pipes(self._objects)
        asked.write(f"{name}\n".encode())
        asked.flush()
        header = answers.readline()
        if header.split()[1:2] != [b"blob"]:
            raise Unavailable(f"git cannot read {path}: {header.decode().strip()}")
        return answers.read(size + 1)[:-1]

    def below(self, folder: str) -> Iterator[str]:
        """The paths of all files below a folder, sorted."""
        start = "" if folder in {"", "."} else f"{folder}/"
        return (path for path in sorted(self._blobs) if path.startswith(start))


@contextmanager
def commit_tree(folder: Path, commit: str, limits: Limits) -> Generator[CommitTree]:
    """What a folder of a working tree was in a commit, by its full hash; empty when the folder was not there.

    One `git cat-file --batch` serves all reads, however many files a contract has.
    """
    command = ["git", "cat-file", "--batch"]
    with subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as objects:
        yield CommitTree(_listed(folder, commit), objects, limits)


def _listed(folder: Path, commit: str) -> dict[str, tuple[str, int]]:
    """Object name and size of every regular file by its path, relative to the folder."""
    command = ["git", "ls-tree", "-r", "-z", "--long", commit]
    listing = subprocess.run(command, cwd=folder, capture_output=True, check=True).stdout
    blobs: dict[str, tuple[str, int]] = {}
    for entry in listing.split(b"\0")[:-1]:
        facts, path = entry.split(b"\t", 1)
        mode, _, name, size = facts.split()
        if mode in _FILE_MODES:
            blobs[os.fsdecode(path)] = (name.decode(), int(size))
    return blobs


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    """Both ends; opened with PIPE, they are always there."""
    if process.stdin is None or process.stdout is None:
        raise ValueError("the process has no pipes")
    return process.stdin, process.stdout
