"""The pairs that a comparison reaches, as a graph: what is told at each, and by which ways it is reached."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from registry.domain.verdict import Direction
from registry.engines.jsonschema.children import Child
from registry.engines.jsonschema.findings import SchemaFinding, SchemaQuestion
from registry.engines.jsonschema.inclusion import Reading
from registry.engines.jsonschema.library import Schema
from registry.engines.jsonschema.pair import SchemaPair

MOST_PATHS = 64
"""Above this many ways to one place, the root `$` stands for all of them: it contains every element."""
MOST_STEPS: Final = 500
"""Where the ways from one root branch into more steps than this, `$` stands for those that were not walked to their end."""


@dataclass(eq=False, slots=True)
class Place:
    """A pair of schemas in a direction.

    `cleared` is the reading under which a proof above it covers what its language rules see (strict: both).
    `telling`: there is something to tell here or below. `harmful`: and inclusion did not settle all of it in favour of the change.
    `refuted`: some document surely breaks the pair. `fits`: inclusion proved that none does.
    """

    old: Schema
    new: Schema
    direction: Direction
    cleared: Reading | None
    pair: SchemaPair | None = None
    findings: tuple[SchemaFinding, ...] = ()
    questions: tuple[SchemaQuestion, ...] = ()
    edges: tuple[Edge, ...] = ()
    telling: bool = False
    harmful: bool = False
    refuted: bool = False
    fits: bool = False


@dataclass(eq=False, slots=True)
class Edge:
    """The way from a pair to one below it."""

    child: Child
    below: Place


def risen(
    places: Iterable[Place],
    own: Iterable[Place],
    settled: Callable[[Place], bool],
    carries: Callable[[Place, Edge], bool] = lambda _place, _edge: True,
) -> set[Place]:
    """The places that have something of their own, and all above one that has it, along the edges that carry it.

    `settled` tells of the places below that were looked at before whether they have it.
    """
    above: dict[Place, list[tuple[Place, Edge]]] = {}
    for place in places:
        for edge in place.edges:
            above.setdefault(edge.below, []).append((place, edge))
    found, rising = set(own), [below for below in above if settled(below)]
    rising += found
    while rising:
        for place, edge in above.get(rising.pop(), ()):
            if place not in found and carries(place, edge):
                found.add(place)
                rising.append(place)
    return found


def ways(root: Place) -> dict[Place, tuple[str, ...]]:
    """The ways from a root to every pair with something to tell, shortest first, without going in circles."""
    paths: dict[Place, list[str]] = {place: [] for place in _telling_below([root])}
    queue: deque[tuple[Place, str, frozenset[Place]]] = deque([(root, "$", frozenset())] if root.telling else [])
    steps = 0
    while queue and steps < MOST_STEPS:
        place, path, behind = queue.popleft()
        known = paths[place]
        if len(known) > MOST_PATHS or path in known:
            continue
        steps += 1
        known.append(path)
        inside = behind | {place}
        queue.extend(
            [
                (edge.below, path + edge.child.member, inside)
                for edge in place.edges
                if edge.below.telling and edge.below not in inside
            ]
        )
    unfinished = _telling_below([place for place, _, _ in queue])
    return {place: ("$",) if place in unfinished or len(found) > MOST_PATHS else tuple(found) for place, found in paths.items()}


def _telling_below(tops: Iterable[Place]) -> dict[Place, None]:
    """The pairs at or below some pairs with something to tell, in the order of a walk."""
    stack = [place for place in tops if place.telling]
    met, order = set(stack), dict[Place, None]()
    while stack:
        place = stack.pop()
        order[place] = None
        for edge in place.edges:
            if edge.below.telling and edge.below not in met:
                met.add(edge.below)
                stack.append(edge.below)
    return order
