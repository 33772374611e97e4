"""Objects that fulfil a list of facts: which members there must be, and a value for each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import TypeAlias

from registry.domain.change import Json
from registry.engines.jsonschema.logic.branch import READER, WRITER
from registry.engines.jsonschema.logic.evaluate import covers, holds
from registry.engines.jsonschema.logic.formula import (
    Formula,
    Formulas,
    Has,
    MemberCount,
    Members,
    NameIs,
    NameMatches,
    Names,
    OneOfValues,
    OtherNames,
    Selector,
    Truth,
)
from registry.engines.jsonschema.logic.outcome import EMPTY, Demand, Empty, Found, Outcome, Samples, Solve, Stuck, first_found
from registry.engines.jsonschema.logic.scalars import Facts, lengths, tried

_MOST_PATTERNS = 4
_MOST_WAYS = 400
_MOST_FILLERS = 60

Sides: TypeAlias = Mapping[Formula, int]


@dataclass
class _Shape:
    """The facts about an object, sorted by what they speak about."""

    every: list[tuple[Selector, Demand]] = field(default_factory=list[tuple[Selector, Demand]])
    some: list[tuple[Selector, Demand]] = field(default_factory=list[tuple[Selector, Demand]])
    required: dict[str, None] = field(default_factory=dict[str, None])
    absent: set[str] = field(default_factory=set[str])
    naming: list[Demand] = field(default_factory=list[Demand])
    misnamed: list[Demand] = field(default_factory=list[Demand])
    least: int = 0
    most: int | None = None
    misfits: list[tuple[int, int | None]] = field(default_factory=list[tuple[int, int | None]])
    excluded: int = 0

    @cached_property
    def of_name(self) -> Mapping[str, list[Demand]]:
        """The demands on single properties."""
        found: dict[str, list[Demand]] = {}
        for selector, demand in self.every:
            if isinstance(selector, NameIs):
                found.setdefault(selector.name, []).append(demand)
        return found

    @cached_property
    def wide(self) -> list[tuple[Selector, Demand]]:
        """The demands on more than one property."""
        return [(selector, demand) for selector, demand in self.every if not isinstance(selector, NameIs)]

    @cached_property
    def patterns(self) -> tuple[str, ...]:
        """Every pattern that names are matched against."""
        found: set[str] = set()
        for selector, _ in (*self.every, *self.some):
            if isinstance(selector, NameMatches):
                found.add(selector.pattern)
            elif isinstance(selector, OtherNames):
                found |= selector.patterns
        return tuple(sorted(found))

    @cached_property
    def mentioned(self) -> dict[str, None]:
        """Every name that some fact mentions, in the order of the facts."""
        found = dict(self.required)
        for selector, _ in (*self.every, *self.some):
            if isinstance(selector, NameIs):
                found[selector.name] = None
            elif isinstance(selector, OtherNames):
                found.update(dict.fromkeys(sorted(selector.names)))
        return found


class ObjectSearch:
    """One search for an object. Members are searched for by `solve`, which knows about budget, memory and recursion."""

    def __init__(self, formulas: Formulas, solve: Solve, *, lenient: bool, samples: Samples) -> None:
        self._formulas = formulas
        self._solve = solve
        self._lenient = lenient
        self._samples = samples

    def find(self, facts: Facts, sides: Sides) -> Outcome:
        """An object that fulfils the facts, or the proof that there is none."""
        shape = _sorted(facts, sides)
        if self._lenient:
            shape.absent |= _undeclared(facts, sides) - shape.required.keys()
        if shape.absent & shape.required.keys():
            return EMPTY
        ranges = lengths(shape.least, shape.most, shape.misfits)
        outcome = first_found(self._sized(shape, facts, least, most) for least, most in ranges)
        if isinstance(outcome, Stuck) and shape.excluded:
            return first_found((self._sized(shape, facts, shape.excluded + 1, shape.most), outcome))
        return outcome

    def _sized(self, shape: _Shape, facts: Facts, least: int, most: int | None) -> Outcome:
        if most is not None and len(shape.required) > most:
            return EMPTY
        fixed = [self._member(shape, name, ()) for name in shape.required]
        if any(isinstance(outcome, Empty) for outcome in fixed):
            return EMPTY
        return first_found(self._completed(shape, facts, ways, least, most) for ways in self._ways(shape))

    def _ways(self, shape: _Shape) -> Iterator[dict[str, list[Demand]] | Stuck]:
        """Every way to give the members that must exist a name, each with what is demanded of it."""
        obligations = [*shape.some, *((None, demand) for demand in shape.misnamed)]
        choices: list[list[tuple[str, Demand | None] | Stuck]] = []
        invented: dict[str, None] = {}
        for selector, demand in obligations:
            bearers = list(self._bearers(shape, selector, demand, tuple(invented)))
            choices.append(bearers)
            invented.update(
                (bearer[0], None) for bearer in bearers if not isinstance(bearer, Stuck) and bearer[0] not in shape.mentioned
            )
        for count, chosen in enumerate(product(*choices)):
            if count >= _MOST_WAYS:
                yield Stuck("many properties that must break a rule at once")
                return
            stuck = next((choice for choice in chosen if isinstance(choice, Stuck)), None)
            if stuck is not None:
                yield stuck
                continue
            way: dict[str, list[Demand]] = {}
            for choice in chosen:
                if not isinstance(choice, Stuck):
                    way.setdefault(choice[0], []).extend([choice[1]] if choice[1] else [])
            yield way

    def _bearers(
        self, shape: _Shape, selector: Selector | None, demand: Demand, invented: tuple[str, ...]
    ) -> Iterator[tuple[str, Demand | None] | Stuck]:
        """The names that can bear an obligation: mentioned ones, those invented for others, and fresh ones."""
        if isinstance(selector, NameIs):
            yield selector.name, demand
            return
        for name in (*shape.mentioned, *invented):
            if name in shape.absent:
                continue
            covered = covers(selector, name) if selector is not None else self._named(name, (demand,))
            if covered is None:
                yield Stuck("a pattern for property names")
            elif covered:
                yield name, demand if selector is not None else None
        for fresh in self._fresh(shape, selector, () if selector is not None else (demand,), taken=invented):
            yield fresh if isinstance(fresh, Stuck) else (fresh, demand if selector is not None else None)

    def _named(self, name: str, demands: tuple[Demand, ...]) -> bool | None:
        value = self._formulas.one_of_values([name])
        outcome = self._solve(frozenset({Demand(value, positive=True, writer=False), *demands}))
        return (
            None if isinstance(outcome, Stuck) or (isinstance(outcome, Found) and not outcome.sure) else isinstance(outcome, Found)
        )

    def _fresh(
        self, shape: _Shape, selector: Selector | None, naming: tuple[Demand, ...] = (), *, taken: tuple[str, ...] = ()
    ) -> Iterator[str | Stuck]:
        """A name that no fact mentions, for each combination of patterns that it may match."""
        patterns = shape.patterns
        if len(patterns) > _MOST_PATTERNS:
            yield Stuck("many patterns for property names")
            return
        made = self._formulas
        for matched in product((False, True), repeat=len(patterns)):
            choice = dict(zip(patterns, matched, strict=True))
            if isinstance(selector, NameMatches) and not choice[selector.pattern]:
                continue
            if isinstance(selector, OtherNames) and any(choice[pattern] for pattern in selector.patterns):
                continue
            demands = [Demand(made.matches(pattern), positive, writer=False) for pattern, positive in choice.items()]
            unused = made.one_of_values([*shape.mentioned, *shape.absent, *taken])
            demands += [Demand(unused, positive=False, writer=False), Demand(made.kind_in(16), positive=True, writer=False)]
            outcome = self._solve(frozenset((*demands, *shape.naming, *naming)))
            if isinstance(outcome, Found) and isinstance(outcome.value, str):
                yield outcome.value if outcome.sure else Stuck("a demand on property names")
            elif isinstance(outcome, Stuck):
                yield outcome

    def _member(self, shape: _Shape, name: str, extra: tuple[Demand, ...] | list[Demand]) -> Outcome:
        """A value for the member of this name."""
        if name in shape.absent:
            return EMPTY
        if shape.naming:
            admitted = self._named(name, tuple(shape.naming))
            if admitted is False:
                return EMPTY
            if admitted is None:
                return Stuck("a demand on property names")
        demands = set(extra)
        unknown = False
        demands.update(shape.of_name.get(name, ()))
        for selector, demand in shape.wide:
            covered = covers(selector, name)
            if covered:
                demands.add(demand)
            unknown |= covered is None
        for sample in self._samples.get(name, ()):
            if all(holds(demand.formula, sample) is demand.positive for demand in demands):
                return Found(sample, sure=True)
        outcome = self._solve(frozenset(demands))
        return Stuck("a pattern for property names") if unknown and isinstance(outcome, Found) else outcome

    def _completed(
        self, shape: _Shape, facts: Facts, way: dict[str, list[Demand]] | Stuck, least: int, most: int | None
    ) -> Outcome:
        """The object for one way to name the members: every member found, and enough of them."""
        if isinstance(way, Stuck):
            return way
        members: dict[str, Outcome] = {}
        for name in (*shape.required, *(name for name in way if name not in shape.required)):
            members[name] = self._member(shape, name, way.get(name, []))
            if isinstance(members[name], Empty):
                return EMPTY
        if most is not None and len(members) > most:
            return EMPTY
        if len(members) < least:
            short = self._filled(shape, members, least)
            if short is not None:
                return short
        stuck = next((outcome for outcome in members.values() if isinstance(outcome, Stuck)), None)
        if stuck is not None:
            return stuck
        found = {name: outcome for name, outcome in members.items() if isinstance(outcome, Found)}
        value: dict[str, Json] = {name: found[name].value for name in _in_order(shape, found)}
        outcome = tried(facts, value, Stuck("several demands on one object"))
        sure = all(outcome.sure for outcome in found.values())
        return Found(value, sure=outcome.sure and sure) if isinstance(outcome, Found) else outcome

    def _filled(self, shape: _Shape, members: dict[str, Outcome], least: int) -> Outcome | None:
        """Add members until there are enough; EMPTY when there provably cannot be that many."""
        if least - len(members) > _MOST_FILLERS:
            return Stuck("minProperties")
        stuck: Stuck | None = None
        for name in shape.mentioned:
            if len(members) >= least:
                return None
            if name not in members and name not in shape.absent:
                outcome = self._member(shape, name, ())
                if isinstance(outcome, Found):
                    members[name] = outcome
                elif isinstance(outcome, Stuck):
                    stuck = outcome
        while len(members) < least:
            added = False
            for fresh in self._fresh(shape, None, taken=tuple(members)):
                outcome = fresh if isinstance(fresh, Stuck) else self._member(shape, fresh, ())
                if isinstance(outcome, Found) and isinstance(fresh, str):
                    members[fresh] = outcome
                    added = True
                    break
                stuck = outcome if isinstance(outcome, Stuck) else stuck
            if not added:
                return stuck or EMPTY
        return None


def _sorted(facts: Facts, sides: Sides) -> _Shape:
    shape = _Shape()
    for formula, wanted in facts.items():
        writer = sides[formula] == WRITER
        match formula:
            case Members():
                declares_only = wanted and isinstance(formula.formula, Truth) and formula.formula.value
                if not declares_only or isinstance(formula.selector, NameIs):
                    (shape.every if wanted else shape.some).append((formula.selector, Demand(formula.formula, wanted, writer)))
            case Has():
                if wanted:
                    shape.required[formula.name] = None
                else:
                    shape.absent.add(formula.name)
            case Names():
                (shape.naming if wanted else shape.misnamed).append(Demand(formula.formula, wanted, writer))
            case MemberCount():
                if not wanted:
                    shape.misfits.append((formula.least, formula.most))
                else:
                    shape.least = max(shape.least, formula.least)
                    if formula.most is not None:
                        shape.most = formula.most if shape.most is None else min(shape.most, formula.most)
            case OneOfValues():
                shape.excluded = max((shape.excluded, *(len(value) for value in formula.values if isinstance(value, Mapping))))
            case _:
                pass
    return shape


def _in_order(shape: _Shape, found: Mapping[str, Found]) -> list[str]:
    """Members in the order in which the schemas declare them."""
    known = [name for name in shape.mentioned if name in found]
    return [*known, *(name for name in found if name not in known)]


def _undeclared(facts: Facts, sides: Sides) -> set[str]:
    """Names that the reader declares and an open writer does not: under the lenient reading no document uses them."""
    declared: set[str] = set()
    asked: set[str] = set()
    for formula in facts:
        side = sides[formula]
        if isinstance(formula, Has):
            declared |= {formula.name} if side & WRITER else set()
        if not isinstance(formula, Members):
            continue
        selector = formula.selector
        if side & WRITER:
            if isinstance(selector, OtherNames) and not isinstance(formula.formula, Truth):
                return set()
            declared |= {selector.name} if isinstance(selector, NameIs) else set()
        if side & READER and isinstance(selector, NameIs):
            asked.add(selector.name)
    patterns = [f.selector for f in facts if isinstance(f, Members) and sides[f] & WRITER and isinstance(f.selector, NameMatches)]
    return {name for name in asked - declared if not any(covers(pattern, name) is not False for pattern in patterns)}
