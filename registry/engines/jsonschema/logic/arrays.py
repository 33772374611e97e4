"""Arrays that fulfil a list of facts: how long, which positions must hold what, and a value for each position."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import product

from registry.domain.change import Json
from registry.engines.jsonschema.logic.branch import WRITER
from registry.engines.jsonschema.logic.finite import finite_values
from registry.engines.jsonschema.logic.formula import (
    Contains,
    Formulas,
    ItemAt,
    ItemCount,
    ItemsFrom,
    OneOfValues,
    Unique,
)
from registry.engines.jsonschema.logic.object_shape import Sides
from registry.engines.jsonschema.logic.outcome import EMPTY, LARGEST, Demand, Found, Outcome, Steps, Stuck, better, is_sure
from registry.engines.jsonschema.logic.scalars import Facts, lengths, tried

_LONGEST = 300
_MOST_WAYS = 400
_MOST_CONTAINED = 20


@dataclass(slots=True)
class _Shape:
    """The facts about an array, sorted by what they speak about. `some` are demands on some item from an index on."""

    at: list[tuple[int, Demand]] = field(default_factory=list[tuple[int, Demand]])
    after: list[tuple[int, Demand]] = field(default_factory=list[tuple[int, Demand]])
    some_at: list[tuple[int, Demand]] = field(default_factory=list[tuple[int, Demand]])
    some: list[tuple[int, Demand]] = field(default_factory=list[tuple[int, Demand]])
    least: int = 0
    most: int | None = None
    misfits: list[tuple[int, int | None]] = field(default_factory=list[tuple[int, int | None]])
    unique: bool | None = None
    impossible: bool = False
    too_many: bool = False
    limits: list[Contains] = field(default_factory=list[Contains])
    excluded: int = 0

    @property
    def head(self) -> int:
        """The number of leading positions that facts tell apart; all later ones are alike."""
        ends = [index + 1 for index, _ in (*self.at, *self.some_at)]
        return max((*ends, *(start for start, _ in (*self.after, *self.some))), default=0)


class ArraySearch:
    """One search for an array. Items are asked of the caller, who knows about memory and recursion."""

    def __init__(self, formulas: Formulas, spend: Callable[[int], None]) -> None:
        self._formulas = formulas
        self._spend = spend

    def find(self, facts: Facts, sides: Sides) -> Steps:
        """An array that fulfils the facts, or the proof that there is none."""
        shape = _sorted(facts, sides)
        if shape.impossible:
            return EMPTY
        best: Outcome = EMPTY
        for least, most in lengths(shape.least, shape.most, shape.misfits):
            best = better(best, (yield from self._sized(shape, facts, least, most)))
            if is_sure(best):
                return best
        if isinstance(best, Stuck) and shape.excluded:
            return better((yield from self._sized(shape, facts, shape.excluded + 1, shape.most)), best)
        return best

    def _sized(self, shape: _Shape, facts: Facts, least: int, most: int | None) -> Steps:
        if shape.too_many:
            return Stuck("minContains")
        best: Outcome = EMPTY
        for way in _ways(shape):
            self._spend(1)
            best = better(best, (yield from self._completed(shape, facts, way, least, most)))
            if is_sure(best):
                break
        return best

    def _item(self, shape: _Shape, index: int, extra: list[Demand]) -> Steps:
        demands = {demand for at, demand in shape.at if at == index}
        demands |= {demand for start, demand in shape.after if start <= index}
        return (yield frozenset((*demands, *extra)))

    def _completed(self, shape: _Shape, facts: Facts, way: dict[int, list[Demand]] | Stuck, least: int, most: int | None) -> Steps:
        """The array for one way to place the items that must exist."""
        if isinstance(way, Stuck):
            return way
        length = max((least, *(index + 1 for index in way)))
        if most is not None and length > most:
            return EMPTY
        if shape.unique and length > self._different(shape):
            return EMPTY
        if length > _LONGEST:
            return Stuck("minItems")
        best: Outcome = EMPTY
        for pair in self._twins(shape, length, most) if shape.unique is False else [None]:
            best = better(best, (yield from self._with_twins(shape, facts, way, length, pair)))
            if is_sure(best):
                break
        return best

    def _different(self, shape: _Shape) -> float:
        """The most different items that there can be, where a demand on all of them lists its values."""
        lists = [finite_values(demand.formula) for start, demand in shape.after if start == 0 and demand.positive]
        return min((len(values) for values in lists if values is not None), default=float("inf"))

    @staticmethod
    def _twins(shape: _Shape, length: int, most: int | None) -> list[tuple[int, int] | None]:
        """The pairs of positions that may hold equal items: among the leading ones, and two of the later ones."""
        end = max(length, shape.head + 2)
        end = end if most is None else min(end, most)
        return [(left, right) for right in range(end) for left in range(right)]

    def _with_twins(
        self, shape: _Shape, facts: Facts, way: dict[int, list[Demand]], length: int, twins: tuple[int, int] | None
    ) -> Steps:
        extra = {index: list(demands) for index, demands in way.items()}
        if twins is not None:
            length = max(length, twins[1] + 1)
            both = [demand for at, demand in shape.at if at in twins]
            both += [demand for start, demand in shape.after if start <= max(twins)]
            shared = [*both, *way.get(twins[0], []), *way.get(twins[1], [])]
            extra[twins[0]] = extra[twins[1]] = shared
        items: list[Json] = []
        sure, stuck, size = True, None, 1
        for index in range(length):
            self._spend(1)
            outcome = yield from self._placed(shape, index, extra.get(index, []), items)
            if outcome is EMPTY:
                return EMPTY
            if not isinstance(outcome, Found):
                stuck = stuck or outcome
                items.append(None)
                continue
            sure &= outcome.sure
            size += outcome.size
            items.append(items[twins[0]] if twins is not None and index == twins[1] else outcome.value)
        if stuck is not None or size > LARGEST:
            return stuck or Stuck("documents that would be large")
        # What is demanded of single items holds of each as it was found; looking again would cost the square of the depth.
        open_ = {fact: wanted for fact, wanted in facts.items() if not isinstance(fact, ItemAt | ItemsFrom)} if sure else facts
        outcome = tried(open_, items, Stuck("several demands on one array"))
        return Found(items, outcome.sure and sure, size) if isinstance(outcome, Found) else outcome

    def _placed(self, shape: _Shape, index: int, extra: list[Demand], before: list[Json]) -> Steps:
        """An item for a position; it may have to differ from those before it, and not to be counted by a limited `contains`."""
        plain = yield from self._item(shape, index, extra)
        if plain is EMPTY:
            return EMPTY
        limits = [] if extra else [Demand(limit.formula, positive=False, writer=False) for limit in shape.limits]
        if not shape.unique and not limits:
            return plain
        different = [Demand(self._formulas.one_of_values(before), positive=False, writer=False)] if shape.unique and before else []
        picky = yield from self._item(shape, index, [*extra, *different, *limits])
        if picky is not EMPTY:
            return picky
        word = "uniqueItems" if shape.unique else "maxContains"
        return Stuck(word) if different or limits else plain


def _sorted(facts: Facts, sides: Sides) -> _Shape:
    shape = _Shape()
    for formula, wanted in facts.items():
        writer = sides[formula] == WRITER
        match formula:
            case ItemAt():
                (shape.at if wanted else shape.some_at).append((formula.index, Demand(formula.formula, wanted, writer)))
            case ItemsFrom():
                (shape.after if wanted else shape.some).append((formula.start, Demand(formula.formula, wanted, writer)))
            case ItemCount():
                if not wanted:
                    shape.misfits.append((formula.least, formula.most))
                else:
                    shape.least = max(shape.least, formula.least)
                    if formula.most is not None:
                        shape.most = formula.most if shape.most is None else min(shape.most, formula.most)
            case Unique():
                shape.unique = wanted
            case Contains():
                _contained(shape, formula, writer=writer)
            case OneOfValues():
                shape.excluded = max((shape.excluded, *(len(value) for value in formula.values if isinstance(value, list))))
            case _:
                pass
    return shape


def _contained(shape: _Shape, formula: Contains, *, writer: bool) -> None:
    if formula.most is not None and formula.most < formula.least:
        shape.impossible = True
    elif formula.most == 0:
        shape.after.append((0, Demand(formula.formula, positive=False, writer=writer)))
    elif formula.least > _MOST_CONTAINED:
        shape.too_many = True
    else:
        shape.some.extend((0, Demand(formula.formula, positive=True, writer=writer)) for _ in range(formula.least))
        shape.least = max(shape.least, formula.least)
        if formula.most is not None:
            shape.limits.append(formula)


def _ways(shape: _Shape) -> Iterator[dict[int, list[Demand]] | Stuck]:
    """Every way to place the items that must exist: at their index, or at any leading position or a later one of their own.

    Items of one `contains` take different positions; items of different demands may share one.
    """
    head = shape.head
    room = head + len(shape.some)
    for count, places in enumerate(product(*(range(start, room) for start, _ in shape.some))):
        if count >= _MOST_WAYS:
            yield Stuck("many items that must fulfil something")
            return
        way: dict[int, list[Demand]] = {}
        for index, demand in shape.some_at:
            way.setdefault(index, []).append(demand)
        distinct = True
        for place, (_, demand) in zip(places, shape.some, strict=True):
            distinct &= not (demand.positive and demand in way.get(place, []))
            way.setdefault(place, []).append(demand)
        if distinct:
            yield way
