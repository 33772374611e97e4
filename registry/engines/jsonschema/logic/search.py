"""The search for a document that fulfils some formulas and breaks others: found, provably none, or stuck.

A refutation tableau (Beth, Smullyan) with one theory per type. Whatever is not understood is left out when emptiness is proved,
which can only weaken the proof, and every document that is found is evaluated against all facts, so both answers are sound. A
state that is met again below itself is empty there: the smallest document would contain a smaller one (coinduction over finite
documents).
"""

from __future__ import annotations

from typing import Final

from registry.domain.change import Json
from registry.engines.jsonschema.logic.arrays import ArraySearch
from registry.engines.jsonschema.logic.branch import Branch, Choice, Restriction
from registry.engines.jsonschema.logic.evaluate import holds
from registry.engines.jsonschema.logic.finite import finite_values
from registry.engines.jsonschema.logic.formula import (
    ARRAY,
    BOOLEAN,
    FRACTION,
    INTEGER,
    NULL,
    OBJECT,
    STRING,
    Both,
    Either,
    ExactlyOne,
    Formula,
    Formulas,
    Has,
    Members,
    NameIs,
    Negation,
    OneOfValues,
)
from registry.engines.jsonschema.logic.objects import ObjectSearch
from registry.engines.jsonschema.logic.outcome import EMPTY, BudgetSpent, Demand, Empty, Found, Outcome, Samples, first_found
from registry.engines.jsonschema.logic.scalars import find_scalar, find_string, fulfils
from registry.engines.jsonschema.values import same_value

_ORDER: Final = (OBJECT, ARRAY, STRING, INTEGER, BOOLEAN, FRACTION, NULL)
_MOST_VALUES: Final = 500


class Search:
    """Searches, each time within a budget of steps; remembers every set of demands that it has settled."""

    def __init__(self, formulas: Formulas, samples: Samples, *, lenient: bool) -> None:
        self._formulas = formulas
        self._restriction = Restriction(formulas)
        self._objects = ObjectSearch(formulas, self.solve, lenient=lenient, samples=samples)
        self._arrays = ArraySearch(formulas, self.solve)
        self._left = 0
        self._settled: dict[frozenset[Demand], Outcome] = {}
        self._open: dict[frozenset[Demand], int] = {}
        self._lists: dict[Formula, list[Json] | None] = {}
        self._lowest = 0

    def search(self, demands: frozenset[Demand], budget: int) -> Outcome:
        """A value that fulfils all demands, found within a number of steps. Raises BudgetSpent."""
        self._left = budget
        return self.solve(demands)

    def spend(self, steps: int = 1) -> None:
        """Use up some steps. Raises BudgetSpent."""
        self._left -= steps
        if self._left < 0:
            raise BudgetSpent

    def solve(self, demands: frozenset[Demand]) -> Outcome:
        """A value that fulfils all demands. Raises BudgetSpent."""
        known = self._settled.get(demands)
        if known is not None:
            return known
        if demands in self._open:
            self._lowest = min(self._lowest, self._open[demands])
            return EMPTY
        self.spend()
        level = len(self._open)
        self._open[demands] = level
        outside, self._lowest = self._lowest, level
        try:
            outcome = self._value(demands)
        finally:
            del self._open[demands]
        if self._lowest >= level or isinstance(outcome, Found):
            self._settled[demands] = outcome
        self._lowest = min(outside, self._lowest)
        return outcome

    def _value(self, demands: frozenset[Demand]) -> Outcome:
        wanted = {demand.formula for demand in demands if demand.positive}
        if any(not demand.positive and demand.formula in wanted for demand in demands):
            return EMPTY
        values = self._finite(wanted)
        if values is not None:
            return first_found(self._evaluated(demands, value) for value in values)
        return first_found(self._of_kind(demands, kind) for kind in _ORDER)

    def _finite(self, formulas: set[Formula]) -> list[Json] | None:
        """The shortest complete list of values that some formula leaves."""
        lists = [values for formula in formulas if (values := self._listed(formula)) is not None]
        shortest = min(lists, key=len, default=None)
        return shortest if shortest is not None and len(shortest) <= _MOST_VALUES else None

    def _evaluated(self, demands: frozenset[Demand], value: Json) -> Outcome:
        self.spend(len(demands))
        sure = True
        for demand in demands:
            answer = holds(demand.formula, value)
            if answer is None:
                sure = False
            elif answer is not demand.positive:
                return EMPTY
        return Found(value, sure=sure)

    def _of_kind(self, demands: frozenset[Demand], kind: int) -> Outcome:
        branch = Branch(kind)
        for demand in sorted(demands, key=lambda each: each.formula.number):
            formula = self._restriction.to(demand.formula, kind)
            if not branch.assume(self._formulas, formula, demand.positive, demand.writer):
                return EMPTY
        return self._decided(branch)

    def _decided(self, branch: Branch) -> Outcome:
        """Settle the open clauses one by one, those with a single choice first."""
        self.spend(1 + len(branch.known) // 8)
        if not self._propagated(branch):
            return EMPTY
        if not branch.clauses:
            return self._closed(branch)
        if branch.kind == OBJECT and (self._clashes(branch) or self._hopeless(branch)):
            return EMPTY
        index = min(range(len(branch.clauses)), key=lambda place: len(branch.clauses[place][0]))
        choices, writer = branch.clauses[index]
        return first_found(self._chosen(branch, index, choice, writer=writer) for choice in choices)

    def _chosen(self, branch: Branch, index: int, choice: Choice, *, writer: bool) -> Outcome:
        below = branch.copy()
        del below.clauses[index]
        if not below.assume(self._formulas, *choice, writer):
            return EMPTY
        return self._decided(below)

    def _propagated(self, branch: Branch) -> bool:
        """Drop clauses that hold and choices that cannot; assume choices that are left alone. False on contradiction."""
        changed = True
        while changed:
            changed = False
            members = self._known_members(branch) if branch.kind == OBJECT else {}
            clauses, branch.clauses = branch.clauses, []
            for choices, writer in clauses:
                self.spend(1 + len(choices) // 2)
                left: list[Choice] = []
                for choice in choices:
                    status = _status(branch, choice, members)
                    if status is True:
                        break
                    if status is None:
                        left.append(choice)
                else:
                    if not left:
                        return False
                    if len(left) > 1:
                        branch.clauses.append((tuple(left), writer))
                    elif branch.assume(self._formulas, *left[0], writer):
                        changed = True
                    else:
                        return False
        return True

    def _hopeless(self, branch: Branch) -> bool:
        """Whether the facts alone leave no object, so that no combination of the open choices has to be tried."""
        return len(branch.clauses) > 1 and isinstance(self._objects.find(branch.facts, branch.sides), Empty)

    def _listed(self, formula: Formula) -> list[Json] | None:
        """The complete list of values that a formula leaves, remembered."""
        if formula not in self._lists:
            self._lists[formula] = finite_values(formula)
        return self._lists[formula]

    def _known_members(self, branch: Branch) -> dict[str, list[Json]]:
        """The values that properties which must exist can have, where a fact lists them."""
        found: dict[str, list[Json]] = {}
        for formula, wanted in branch.facts.items():
            if wanted and isinstance(formula, Members) and isinstance(formula.selector, NameIs):
                name = formula.selector.name
                values = self._listed(formula.formula)
                if values is not None and _present(branch, name):
                    kept = [value for value in values if holds(formula.formula, value) is not False]
                    found[name] = (
                        kept
                        if name not in found
                        else [value for value in kept if any(same_value(value, other) for other in found[name])]
                    )
        return found

    def _clashes(self, branch: Branch) -> bool:
        """Whether a property that must exist provably has no value, as when two branches demand different tags of it."""
        for formula, wanted in branch.facts.items():
            if not wanted or not isinstance(formula, Has):
                continue
            demands = [
                other.formula
                for other, positive in branch.facts.items()
                if positive
                and isinstance(other, Members)
                and isinstance(other.selector, NameIs)
                and other.selector.name == formula.name
            ]
            lists = [values for demand in demands if (values := self._listed(demand)) is not None]
            if lists and all(any(holds(demand, value) is False for demand in demands) for value in min(lists, key=len)):
                return True
        return False

    def _closed(self, branch: Branch) -> Outcome:
        """No choice is open: ask the theory of the type."""
        self.spend(len(branch.facts) // 4 + sum(len(fact.parts) for fact in branch.facts if isinstance(fact, ExactlyOne)))
        for formula, wanted in branch.facts.items():
            if wanted and isinstance(formula, OneOfValues):
                return first_found(self._fulfilling(branch, value) for value in formula.values)
        if branch.kind == OBJECT:
            return self._objects.find(branch.facts, branch.sides)
        if branch.kind == ARRAY:
            return self._arrays.find(branch.facts, branch.sides)
        if branch.kind == STRING:
            return find_string(branch.facts, self.spend)
        return find_scalar(branch.kind, branch.facts, self.spend)

    def _fulfilling(self, branch: Branch, value: Json) -> Outcome:
        answer = fulfils(branch.facts, value)
        return EMPTY if answer is False else Found(value, sure=answer is True)


def _present(branch: Branch, name: str) -> bool:
    return any(wanted and isinstance(fact, Has) and fact.name == name for fact, wanted in branch.facts.items())


def _status(branch: Branch, choice: Choice, members: dict[str, list[Json]]) -> bool | None:
    """Whether a choice is already known to hold or to fail."""
    formula, wanted = choice
    known = branch.known.get(formula)
    if known is not None:
        return known is wanted
    answer = _follows(branch, formula, members)
    return None if answer is None else answer is wanted


def _follows(branch: Branch, formula: Formula, members: dict[str, list[Json]]) -> bool | None:
    """What the facts imply of a formula, where that takes no search."""
    if isinstance(formula, Both | Either):
        stops = isinstance(formula, Either)
        unknown = False
        for part in formula.parts:
            answer = _part_follows(branch, part, members)
            if answer is stops:
                return stops
            unknown |= answer is None
        return None if unknown else not stops
    if isinstance(formula, Members) and isinstance(formula.selector, NameIs) and formula.selector.name in members:
        answers = {holds(formula.formula, value) for value in members[formula.selector.name]}
        return next(iter(answers)) if len(answers) == 1 else None
    return None


def _part_follows(branch: Branch, part: Formula, members: dict[str, list[Json]]) -> bool | None:
    inner = part.part if isinstance(part, Negation) else part
    known = branch.known.get(inner)
    answer = known if known is not None else _follows(branch, inner, members)
    return None if answer is None else answer is (inner is part)
