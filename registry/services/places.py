"""Places as people know them: an engine names files from a contract's folder, a person from the tree that it stands in."""

from __future__ import annotations

import posixpath
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace

from registry.domain.change import Comparison
from registry.domain.errors import BadInput
from registry.domain.location import Location


def below(folder: str, location: Location) -> Location:
    """The same place, its file named from the tree that holds the contract's folder."""
    return replace(location, file=posixpath.normpath(posixpath.join(folder, location.file)))


@contextmanager
def errors_below(folder: str) -> Generator[None]:
    """Name the places of bad input from the tree that holds the contract's folder."""
    try:
        yield
    except BadInput as error:
        if error.location is not None:
            error.location = below(folder, error.location)
        raise


def comparison_below(old: str, new: str, comparison: Comparison) -> Comparison:
    """A comparison with the places of either side named from the tree that holds its folder."""

    def sides(before: Location | None, after: Location | None) -> tuple[Location | None, Location | None]:
        return before and below(old, before), after and below(new, after)

    return replace(
        comparison,
        changes=tuple(change.located(*sides(change.old, change.new)) for change in comparison.changes),
        undecided=tuple(question.located(*sides(question.old, question.new)) for question in comparison.undecided),
    )
