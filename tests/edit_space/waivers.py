"""Why some edits are no change: the waivers, and the gaps that are known and still open."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

from tests.edit_space.audit import Name
from tests.edit_space.places import Where

FILE = Path(__file__).with_name("waivers.toml")


@dataclass(frozen=True)
class Waiver:
    """A reason for the silence about some edits. Each list holds shell patterns; `is_open` marks what is still to be built."""

    objects: tuple[str, ...]
    fields: tuple[str, ...]
    actions: tuple[str, ...]
    places: tuple[str, ...]
    side: str
    reason: str
    is_open: bool

    def covers(self, name: Name, where: Where) -> bool:
        """Whether it speaks about an edit at a place."""
        return self in _about(name) and self._holds_at(where)

    def is_about(self, name: Name) -> bool:
        """Whether it speaks about an edit somewhere."""
        return all(_fits(value, patterns) for value, patterns in zip(name, (self.objects, self.fields, self.actions), strict=True))

    def _holds_at(self, where: Where) -> bool:
        return self.side in ("", _side(where)) and _fits(str(where), self.places)

    def __str__(self) -> str:
        return f"{self.objects} {self.fields} {self.actions} {self.places}"


@cache
def waivers() -> tuple[Waiver, ...]:
    """Every waiver of the file, in its order."""
    content = tomllib.loads(FILE.read_text("utf-8"))
    return tuple(_waiver(entry, is_open=sort == "open") for sort in ("waiver", "open") for entry in content.get(sort, ()))


def waiver_for(name: Name, where: Where) -> Waiver | None:
    """The first waiver that covers an edit at a place."""
    return next((waiver for waiver in _about(name) if waiver.covers(name, where)), None)


@cache
def _about(name: Name) -> tuple[Waiver, ...]:
    return tuple(waiver for waiver in waivers() if waiver.is_about(name))


def _fits(value: str, patterns: tuple[str, ...]) -> bool:
    return "*" in patterns or any(fnmatchcase(value, pattern) for pattern in patterns)


def _waiver(entry: dict[str, Any], *, is_open: bool) -> Waiver:
    lists = (tuple(entry.get(key, ["*"])) for key in ("object", "field", "action", "place"))
    return Waiver(*lists, entry.get("side", ""), entry["reason"], is_open)


def _side(where: Where) -> str:
    return "written by clients" if where.written_by_clients else "read by clients"
