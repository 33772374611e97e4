"""What the Protobuf tests share: contracts from text or folders, and findings as buf prints them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from registry.domain.change import Change, Comparison
from registry.domain.contract import Mode, Source
from registry.domain.location import Location, Position
from registry.domain.policy import ProtobufPolicy
from registry.engines.protobuf.catalogue import catalogue
from registry.engines.protobuf.comparison import compare
from registry.engines.protobuf.contract import parse
from registry.engines.protobuf.descriptors import Descriptors
from registry.engines.protobuf.example import source_of

AS_OF = datetime(2026, 11, 15, tzinfo=UTC)
NAMES = {rule.id: name for rule in catalogue() for name in rule.names}


@lru_cache(256)
def compiled(text: str) -> Descriptors:
    """The descriptors of a short text, which nobody changes."""
    return parse(source_of(text))


def compiled_folder(folder: Path) -> Descriptors:
    """The descriptors of every file below a folder."""
    return parse(folder_source(folder))


def folder_source(folder: Path) -> Source:
    """Every file below a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return Source({path.relative_to(folder).as_posix(): path.read_bytes() for path in files}, "")


def between(
    old: str, new: str, *, mode: Mode = Mode.BACKWARD, as_of: datetime = AS_OF, policy: ProtobufPolicy = ProtobufPolicy()
) -> Comparison:
    """The comparison of two short texts."""
    return compare(compiled(old), compiled(new), mode=mode, as_of=as_of, policy=policy)


def only(comparison: Comparison, rule: str) -> Change:
    """The one change of a rule."""
    (found,) = [change for change in comparison.changes if change.rule == rule]
    return found


Annotation: TypeAlias = tuple[str, str, int, int, int, int]
"""buf's rule, path, and the line and column where the place starts and ends; no place is all ones, as buf prints it."""


def annotations(comparison: Comparison) -> set[Annotation]:
    """What buf's rules found."""
    return {(NAMES[change.rule], *_place(change.new)) for change in comparison.changes if change.rule in NAMES}


def annotation(item: Mapping[str, Any]) -> Annotation:
    """An annotation as buf prints it in JSON."""
    start, end = (item["start_line"] or 1, item["start_column"] or 1), (item["end_line"] or 1, item["end_column"] or 1)
    return (item.get("type") or item["rule"], item.get("path") or "", *start, *end)


def _place(location: Location | None) -> tuple[str, int, int, int, int]:
    if location is None:
        return "", 1, 1, 1, 1
    start, end = location.position or Position(1, 1), location.end or Position(1, 1)
    return location.file, start.line, start.column, end.line, end.column
