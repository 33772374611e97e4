"""Objects that fulfil a list of facts: which members there must be, and a value for each of them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping
from itertools import product
from typing import TypeAlias

from registry.domain.change import Json
from registry.engines.jsonschema.logic.evaluate import covers, holds
from registry.engines.jsonschema.logic.formula import (
    STRING,
    Formulas,
    Members,
    NameIs,
    NameMatches,
    OtherNames,
    Selector,
)
from registry.engines.jsonschema.logic.object_shape import ObjectShape, Sides, shape_of, undeclared
from registry.engines.jsonschema.logic.outcome import (
    EMPTY,
    LARGEST,
    Demand,
    Demands,
    Empty,
    Found,
    Outcome,
    Steps,
    Stuck,
    better,
    is_sure,
    size_of,
)
from registry.engines.jsonschema.logic.samples import Samples
from registry.engines.jsonschema.logic.scalars import Facts, lengths, tried

_MOST_PATTERNS = 4
_MOST_WAYS = 400
_MOST_FILLERS = 60

Bearer: TypeAlias = "tuple[str, Demand | None] | Stuck"
"""A name that bears an obligation, with the demand on its value."""


class ObjectSearch:
    """One search for an object. Members are asked of the caller, who knows about memory and recursion."""

    def __init__(self, formulas: Formulas, spend: Callable[[int], None], *, lenient: bool, samples: Samples) -> None:
        self._formulas = formulas
        self._spend = spend
        self._lenient = lenient
        self._samples = samples
        self._sampled: dict[tuple[str, Demands], Found | None] = {}

    def find(self, facts: Facts, sides: Sides, asked: frozenset[str], *, complete: bool = True) -> Steps:
        """An object that fulfils the facts, or the proof that there is none; `asked` are properties that the reader declares.

        The lenient reading applies to `complete` facts only: what the writer declares may still be among the alternatives.
        """
        shape = self._shape(facts, sides, asked, lenient=self._lenient and complete)
        best: Outcome = EMPTY
        for least, most in lengths(shape.least, shape.most, shape.misfits):
            best = better(best, (yield from self._sized(shape, facts, least, most)))
            if is_sure(best):
                return best
        if isinstance(best, Stuck) and shape.excluded:
            return better((yield from self._sized(shape, facts, shape.excluded + 1, shape.most)), best)
        return best

    def _shape(self, facts: Facts, sides: Sides, asked: frozenset[str], *, lenient: bool) -> ObjectShape:
        self._spend(1 + len(facts) // 8)
        shape = shape_of(facts, sides)
        if lenient:
            # What only a `not` of the reader asks for is declared nowhere: a writer may well use it.
            shape.absent |= undeclared(facts, sides, asked) - (shape.required.keys() - asked)
        return shape

    def _sized(self, shape: ObjectShape, facts: Facts, least: int, most: int | None) -> Steps:
        if most is not None and len(shape.required) > most:
            return EMPTY
        for name in shape.required:
            if (yield from self._member(shape, name, ())) is EMPTY:
                return EMPTY
        best: Outcome = EMPTY
        for way in (yield from self._ways(shape)):
            self._spend(1)
            best = better(best, (yield from self._completed(shape, facts, way, least, most)))
            if is_sure(best):
                break
        return best

    def _ways(self, shape: ObjectShape) -> Generator[Demands, Outcome, Iterable[dict[str, list[Demand]] | Stuck]]:
        """Every way to give the members that must exist a name, each with what is demanded of it."""
        obligations = [*shape.some, *((None, demand) for demand in shape.misnamed)]
        choices: list[list[Bearer]] = []
        invented: dict[str, None] = {}
        for selector, demand in obligations:
            bearers = yield from self._bearers(shape, selector, demand, tuple(invented))
            choices.append(bearers)
            invented.update(
                (bearer[0], None) for bearer in bearers if not isinstance(bearer, Stuck) and bearer[0] not in shape.mentioned
            )
        return _combined(choices)

    def _bearers(
        self, shape: ObjectShape, selector: Selector | None, demand: Demand, invented: tuple[str, ...]
    ) -> Generator[Demands, Outcome, list[Bearer]]:
        """The names that can bear an obligation: mentioned ones, those invented for others, and fresh ones."""
        if isinstance(selector, NameIs):
            return [(selector.name, demand)]
        found: list[Bearer] = []
        for name in (*shape.mentioned, *invented):
            if name in shape.absent:
                continue
            self._spend(1)
            covered = covers(selector, name) if selector is not None else (yield from self._named(name, (demand,)))
            if covered is None:
                found.append(Stuck("a pattern for property names"))
            elif covered:
                found.append((name, demand if selector is not None else None))
        for matched in self._matched(shape, selector):
            fresh = yield from self._fresh(shape, matched, () if selector is not None else (demand,), invented)
            if isinstance(fresh, Stuck):
                found.append(fresh)
            elif fresh is not None:
                found.append((fresh, demand if selector is not None else None))
        return found

    def _named(self, name: str, demands: tuple[Demand, ...]) -> Generator[Demands, Outcome, bool | None]:
        """Whether a name fulfils demands on names; None when that is not known."""
        value = self._formulas.one_of_values([name])
        outcome = yield frozenset({Demand(value, positive=True, writer=False), *demands})
        return None if isinstance(outcome, Stuck) else is_sure(outcome) or (None if isinstance(outcome, Found) else False)

    def _matched(self, shape: ObjectShape, selector: Selector | None) -> list[dict[str, bool] | Stuck]:
        """Every combination of patterns that a name which the selector picks may match."""
        patterns = shape.patterns
        if len(patterns) > _MOST_PATTERNS:
            return [Stuck("many patterns for property names")]
        found: list[dict[str, bool] | Stuck] = []
        for matched in product((False, True), repeat=len(patterns)):
            choice = dict(zip(patterns, matched, strict=True))
            if isinstance(selector, NameMatches) and not choice[selector.pattern]:
                continue
            if isinstance(selector, OtherNames) and any(choice[pattern] for pattern in selector.patterns):
                continue
            found.append(choice)
        return found

    def _fresh(
        self, shape: ObjectShape, matched: dict[str, bool] | Stuck, naming: tuple[Demand, ...], taken: Iterable[str]
    ) -> Generator[Demands, Outcome, str | Stuck | None]:
        """A name that no fact mentions and that matches these patterns and no others; None when there is none."""
        if isinstance(matched, Stuck):
            return matched
        made = self._formulas
        demands = [Demand(made.matches(pattern), positive, writer=False) for pattern, positive in matched.items()]
        unused = made.one_of_values([*shape.mentioned, *shape.absent, *taken])
        demands += [Demand(unused, positive=False, writer=False), Demand(made.kind_in(STRING), positive=True, writer=False)]
        outcome = yield frozenset((*demands, *shape.naming, *naming))
        if isinstance(outcome, Found) and isinstance(outcome.value, str):
            return outcome.value if outcome.sure else Stuck("a demand on property names")
        return outcome if isinstance(outcome, Stuck) else None

    def _member(self, shape: ObjectShape, name: str, extra: Iterable[Demand]) -> Steps:
        """A value for the member of this name."""
        if name in shape.absent:
            return EMPTY
        if shape.naming:
            admitted = yield from self._named(name, tuple(shape.naming))
            if admitted is False:
                return EMPTY
            if admitted is None:
                return Stuck("a demand on property names")
        demands = {*shape.of_name.get(name, ()), *extra}
        unknown = False
        for selector, demand in shape.wide:
            covered = covers(selector, name)
            if covered:
                demands.add(demand)
            unknown |= covered is None
        asked = frozenset(demands)
        outcome = self._sample(name, asked) or (yield asked)
        return Stuck("a pattern for property names") if unknown and isinstance(outcome, Found) else outcome

    def _sample(self, name: str, demands: Demands) -> Found | None:
        """A value that the schemas themselves show for a property of this name, when it fulfils the demands."""
        key = (name, demands)
        if key not in self._sampled:
            self._sampled[key] = None
            for sample in self._samples.of(name):
                self._spend(len(demands))
                if all(holds(demand.formula, sample) is demand.positive for demand in demands):
                    self._sampled[key] = Found(sample, sure=True, size=size_of(sample))
                    break
        return self._sampled[key]

    def _completed(
        self, shape: ObjectShape, facts: Facts, way: dict[str, list[Demand]] | Stuck, least: int, most: int | None
    ) -> Steps:
        """The object for one way to name the members: every member found, and enough of them."""
        if isinstance(way, Stuck):
            return way
        members: dict[str, Outcome] = {}
        for name in (*shape.required, *(name for name in way if name not in shape.required)):
            members[name] = yield from self._member(shape, name, way.get(name, ()))
            if members[name] is EMPTY:
                return EMPTY
        if most is not None and len(members) > most:
            return EMPTY
        if len(members) < least:
            short = yield from self._filled(shape, members, least)
            if short is not None:
                return short
        stuck = next((outcome for outcome in members.values() if isinstance(outcome, Stuck)), None)
        if stuck is not None:
            return stuck
        found = {name: outcome for name, outcome in members.items() if isinstance(outcome, Found)}
        size = 1 + sum(outcome.size for outcome in found.values())
        if size > LARGEST:
            return Stuck("documents that would be large")
        value: dict[str, Json] = {name: found[name].value for name in _in_order(shape, found)}
        sure = all(outcome.sure for outcome in found.values())
        # What is demanded of members holds of each as it was found; looking again would cost the square of the depth.
        open_ = {fact: wanted for fact, wanted in facts.items() if not isinstance(fact, Members)} if sure else facts
        outcome = tried(open_, value, Stuck("several demands on one object"))
        return Found(value, outcome.sure and sure, size) if isinstance(outcome, Found) else outcome

    def _filled(
        self, shape: ObjectShape, members: dict[str, Outcome], least: int
    ) -> Generator[Demands, Outcome, Stuck | Empty | None]:
        """Add members until there are enough; EMPTY when there provably cannot be that many."""
        if least - len(members) > _MOST_FILLERS:
            return Stuck("minProperties")
        stuck: Stuck | None = None
        for name in shape.mentioned:
            if len(members) >= least:
                return None
            if name not in members and name not in shape.absent:
                outcome = yield from self._member(shape, name, ())
                if isinstance(outcome, Found):
                    members[name] = outcome
                elif isinstance(outcome, Stuck):
                    stuck = outcome
        while len(members) < least:
            added = yield from self._invented(shape, members)
            if added is not None:
                return stuck or added
        return None

    def _invented(self, shape: ObjectShape, members: dict[str, Outcome]) -> Generator[Demands, Outcome, Stuck | Empty | None]:
        """Add one member with a fresh name; what stands in the way, if nothing can be added."""
        stuck: Stuck | None = None
        for matched in self._matched(shape, None):
            self._spend(1 + len(members) // 8)
            fresh = yield from self._fresh(shape, matched, (), members)
            if fresh is None:
                continue
            outcome = fresh if isinstance(fresh, Stuck) else (yield from self._member(shape, fresh, ()))
            if isinstance(outcome, Found) and isinstance(fresh, str):
                members[fresh] = outcome
                return None
            stuck = outcome if isinstance(outcome, Stuck) else stuck
        return stuck or EMPTY


def _combined(choices: list[list[Bearer]]) -> Iterable[dict[str, list[Demand]] | Stuck]:
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


def _in_order(shape: ObjectShape, found: Mapping[str, Found]) -> list[str]:
    """Members in the order in which the schemas declare them."""
    if len(found) < 2:
        return list(found)
    known = [name for name in shape.mentioned if name in found]
    return [*known, *(name for name in found if name not in shape.mentioned)]
