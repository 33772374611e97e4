"""Giving the places of a comparison their lines and columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from registry.domain.change import Change, Comparison, Undecided
from registry.domain.location import Location, Position
from registry.engines.documents.document import find_positions, syntax_of

_Positions = Mapping[str, Mapping[str, Position]]
"""By file and JSON pointer."""


def place(comparison: Comparison, old: Mapping[str, bytes], new: Mapping[str, bytes]) -> Comparison:
    """The same comparison with lines and columns, found in the files of both sides, each read once.

    Places that have them already, or that are in other files than JSON and YAML, stay as they are.
    """
    findings = (*comparison.changes, *comparison.undecided)
    before = _positions((finding.old for finding in findings), old)
    after = _positions((finding.new for finding in findings), new)

    def placed(finding: Change | Undecided) -> tuple[Location | None, Location | None]:
        return _at(finding.old, before), _at(finding.new, after)

    return replace(
        comparison,
        changes=tuple(change.located(*placed(change)) for change in comparison.changes),
        undecided=tuple(question.located(*placed(question)) for question in comparison.undecided),
    )


def _positions(locations: Iterable[Location | None], files: Mapping[str, bytes]) -> _Positions:
    pointers: dict[str, set[str]] = defaultdict(set)
    for location in _unplaced(locations):
        pointers[location.file].add(location.path)
    return {
        file: find_positions(syntax, files[file], wanted)
        for file, wanted in pointers.items()
        if file in files and (syntax := syntax_of(file)) is not None
    }


def _unplaced(locations: Iterable[Location | None]) -> Iterator[Location]:
    return (location for location in locations if location is not None and location.position is None)


def _at(location: Location | None, positions: _Positions) -> Location | None:
    if location is None or location.position is not None or location.file not in positions:
        return location
    return location.at(positions[location.file].get(location.path))
