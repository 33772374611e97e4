"""Contracts that a contract imports at a pinned version, and where their files stand among its own.

A revision holds what it imports, in `imports/NAME@VERSION/`, so that its digest covers every byte that it is compiled from and it
compiles the same for ever. What an imported contract imports itself stands in that folder's own `imports/`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from registry.domain.semver import Version

FOLDER = "imports"

_PIN = re.compile(r"(?P<contract>[^/@]+)@(?P<version>[^/@]+)")


@dataclass(frozen=True, slots=True)
class Import:
    """A release of another contract."""

    contract: str
    version: Version

    @staticmethod
    def parse(text: str) -> Import | None:
        """The release that `NAME@VERSION` names, or None; a version is spelt in one way only, without build metadata."""
        match = _PIN.fullmatch(text)
        version = Version.parse(match["version"]) if match else None
        return Import(match["contract"], version) if match and version and str(version) == match["version"] else None

    @property
    def folder(self) -> str:
        """Where its files stand in a revision that imports it."""
        return f"{FOLDER}/{self}"

    def __str__(self) -> str:
        return f"{self.contract}@{self.version}"


def import_root(path: str) -> str:
    """The folder of the innermost import that a file of a revision belongs to; "" for the contract's own."""
    parts = path.split("/")
    depth = 0
    while len(parts) > depth + 2 and parts[depth] == FOLDER and Import.parse(parts[depth + 1]):
        depth += 2
    return "/".join(parts[:depth])


def is_imported(path: str) -> bool:
    """Whether a file of a revision belongs to another contract."""
    return import_root(path) != ""


def imported_contracts(paths: Iterable[str]) -> Mapping[Import, tuple[str, ...]]:
    """What a revision imports itself, each with the paths of its files below its folder, deeper imports included."""
    found: dict[Import, list[str]] = {}
    for path in paths:
        folder, _, rest = path.partition("/")
        name, _, below = rest.partition("/")
        pin = Import.parse(name) if folder == FOLDER and below else None
        if pin is not None:
            found.setdefault(pin, []).append(below)
    return {pin: tuple(files) for pin, files in found.items()}
