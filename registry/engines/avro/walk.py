"""Every pair of types that resolution brings together, each once, with the ways that reach it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from registry.domain.verdict import Direction
from registry.engines.avro.pair import Pair, Sides
from registry.engines.avro.places import Way
from registry.engines.avro.schema import Schema

_DEEPEST_ELEMENT = 24
_MOST_STEPS = 5_000


@dataclass(slots=True)
class Reached:
    """A pair, and the ways that lead to it, shortest first."""

    pair: Pair
    ways: list[Way] = field(default_factory=list[Way])

    @property
    def paths(self) -> list[str]:
        """The ways as elements name them."""
        return list(dict.fromkeys(map(str, self.ways)))


def walk(direction: Direction, reader: Schema, writer: Schema) -> list[Reached]:
    """The pairs, outermost first.

    Every pair is there, and has at least one way. Schemas that contain each other have more ways through them than anybody can
    list: after some thousands no further way is followed, and what lies deeper than two dozen levels is named by what it is in.
    """
    sides = Sides(direction, reader, writer)
    root = Pair(sides, reader.concrete(reader.root), writer.concrete(writer.root))
    found: dict[tuple[int, int], Reached] = {}
    waiting: deque[tuple[Pair, Way, tuple[tuple[int, int], ...]]] = deque([(root, Way(None, "$"), ())])
    steps = 0
    while waiting:
        pair, way, around = waiting.popleft()
        key = (id(pair.reader), id(pair.writer))
        known = found.get(key)
        steps += 1
        if known is not None and (key in around or steps + len(waiting) > _MOST_STEPS):
            continue
        reached = found.setdefault(key, Reached(pair))
        reached.ways.append(way)
        behind = (*around, key) if len(around) < _DEEPEST_ELEMENT else around
        for inner in reached.pair.inside():
            element = inner.step.element if inner.step and behind is not around else ""
            waiting.append((inner, Way(way, element) if element else way, behind))
    return list(found.values())
