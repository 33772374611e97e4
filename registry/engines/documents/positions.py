"""JSON pointers that are looked for in one walk through a text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from registry.domain.location import Position, tokens


@dataclass(eq=False, slots=True)
class Wanted:
    """One place on the way to what is looked for, by the tokens that lead on from it."""

    members: dict[str, Wanted] = field(default_factory=dict[str, "Wanted"])


@dataclass(frozen=True, slots=True)
class Sought:
    """Pointers as a tree, so that a walk can pass over everything that none of them names."""

    root: Wanted
    paths: Mapping[str, tuple[Wanted, ...]]
    """For each pointer the places that lead to it, outermost first."""

    @staticmethod
    def of(pointers: Iterable[str]) -> Sought:
        """The tree of some pointers."""
        root = Wanted()
        return Sought(root, {pointer: _path(root, pointer) for pointer in pointers})

    def answers(self, found: Mapping[Wanted, Position]) -> dict[str, Position]:
        """For each pointer the position of its nearest place that was found."""
        nearest = {pointer: [found[place] for place in path if place in found] for pointer, path in self.paths.items()}
        return {pointer: positions[-1] for pointer, positions in nearest.items() if positions}


def _path(root: Wanted, pointer: str) -> tuple[Wanted, ...]:
    path = [root]
    for token in tokens(pointer):
        path.append(path[-1].members.setdefault(token, Wanted()))
    return tuple(path)
