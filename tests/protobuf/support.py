"""What the Protobuf tests share: contracts from text or folders, and findings as buf prints them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from registry.domain.change import Change, Comparison
from registry.domain.contract import Mode, Source
from registry.domain.location import Location
from registry.engines.protobuf.comparison import catalogue, compare
from registry.engines.protobuf.compiler import compile as compile_source
from registry.engines.protobuf.descriptors import Descriptors
from registry.engines.protobuf.example import source_of
from registry.engines.protobuf.selection import Selection

AS_OF = datetime(2026, 11, 15, tzinfo=UTC)
NAMES = {rule.id: name for rule in catalogue() for name in rule.names}


def compiled(text: str) -> Descriptors:
    """The descriptors of a short text."""
    return compile_source(source_of(text))


def compiled_folder(folder: Path) -> Descriptors:
    """The descriptors of every file below a folder."""
    return compile_source(folder_source(folder))


def folder_source(folder: Path) -> Source:
    """Every file below a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return Source({path.relative_to(folder).as_posix(): path.read_bytes() for path in files}, "")


def between(
    old: str, new: str, *, mode: Mode = Mode.BACKWARD, as_of: datetime = AS_OF, selection: Selection | None = None
) -> Comparison:
    """The comparison of two short texts."""
    return compare(compiled(old), compiled(new), mode=mode, as_of=as_of, selection=selection)


def only(comparison: Comparison, rule: str) -> Change:
    """The one change of a rule."""
    (found,) = [change for change in comparison.changes if change.rule == rule]
    return found


def annotations(comparison: Comparison) -> set[tuple[str, str, int, int]]:
    """(buf's rule, path, line, column) of what buf's rules found; no place is line 1, column 1, as buf prints it."""
    return {(NAMES[change.rule], *_place(change.new)) for change in comparison.changes if change.rule in NAMES}


def _place(location: Location | None) -> tuple[str, int, int]:
    if location is None:
        return "", 1, 1
    if location.position is None:
        return location.file, 1, 1
    return location.file, location.position.line, location.position.column
