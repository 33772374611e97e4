"""The compiler's error text, read into the registry's errors."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from registry.domain.errors import BadInput, BadReference, Malformed
from registry.domain.location import Location, Position

_LINE = re.compile(r"(?P<file>[^:\n]+)(?::(?P<line>\d+):(?P<column>\d+))?: (?P<text>.*)")
_MISSING_IMPORT = re.compile(r'Import "(?P<file>.*)" was not found or had errors\.')
_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One error of the compiler. `position` is None where it names a file alone."""

    file: str
    position: Position | None
    text: str

    @property
    def about_import(self) -> bool:
        """Whether an import led nowhere or in a circle."""
        return bool(_MISSING_IMPORT.fullmatch(self.text)) or self.text.startswith("File recursively imports itself")

    def __str__(self) -> str:
        return f"{Location(self.file, '', self.position)}: {self.text}"


def parse(output: str) -> tuple[Diagnostic, ...]:
    """The errors in a compiler's output in gcc's format, without warnings and without what only follows from another error.

    A missing file is reported by the compiler twice, without a place and at the import; an import of a file that has errors of its
    own repeats them. The one with the cause and a place is kept.
    """
    found: list[Diagnostic] = []
    for line in output.splitlines():
        match = _LINE.fullmatch(line)
        if match is None or match["text"].startswith(("warning:", "note:")):
            continue
        position = Position(int(match["line"]), int(match["column"])) if match["line"] else None
        found.append(Diagnostic(match["file"], position, match["text"]))
    with_place = [item for item in found if item.position is not None]
    if not with_place:
        return tuple(found)
    own_errors = {item.file for item in with_place if not item.about_import}
    kept = [item for item in with_place if not _follows(item, own_errors)]
    return tuple(kept or with_place)


def _follows(item: Diagnostic, files_with_errors: set[str]) -> bool:
    match = _MISSING_IMPORT.fullmatch(item.text)
    return match is not None and match["file"] in files_with_errors


def error_of(diagnostics: Sequence[Diagnostic]) -> BadInput:
    """One error that says them all, placed at the first: BadReference when an import is among the causes, else Malformed."""
    first = next((item for item in diagnostics if item.about_import), diagnostics[0])
    others = [item for item in diagnostics if item is not first]
    problem = first.text
    if others:
        lines = [str(item) for item in others[:_SHOWN]]
        if len(others) > _SHOWN:
            lines.append(f"... and {len(others) - _SHOWN} more")
        problem = "\n".join([f"{first.text} ({len(diagnostics)} errors)", *lines])
    kind = BadReference if first.about_import else Malformed
    return kind(problem, Location(first.file, "", first.position))
