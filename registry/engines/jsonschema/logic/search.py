"""The search for a document that fulfils some formulas and breaks others: found, provably none, or stuck.

A refutation tableau (Beth, Smullyan) with one theory per type, pruned by proofs that are read off the shape of two formulas.
Whatever is not understood is left out when emptiness is proved, which can only weaken the proof, and every document that is found
is evaluated against all facts, so both answers are sound. A state that is met again below itself is empty there: the smallest
document would contain a smaller one (coinduction over finite documents).
"""

from __future__ import annotations

from typing import Final

from registry.domain.change import Json
from registry.engines.jsonschema.logic.arrays import ArraySearch
from registry.engines.jsonschema.logic.branch import Branch, Choice, Clause
from registry.engines.jsonschema.logic.containment import Containment
from registry.engines.jsonschema.logic.evaluate import holds
from registry.engines.jsonschema.logic.finite import finite_values
from registry.engines.jsonschema.logic.following import Following, KnownMembers
from registry.engines.jsonschema.logic.formula import (
    ARRAY,
    BOOLEAN,
    EVERY_KIND,
    FRACTION,
    INTEGER,
    NULL,
    OBJECT,
    STRING,
    ExactlyOne,
    Formula,
    Formulas,
    OneOfValues,
)
from registry.engines.jsonschema.logic.objects import ObjectSearch
from registry.engines.jsonschema.logic.outcome import (
    EMPTY,
    BudgetSpent,
    Demand,
    Demands,
    Found,
    Outcome,
    Steps,
    Stuck,
    better,
    is_sure,
)
from registry.engines.jsonschema.logic.restriction import Restriction
from registry.engines.jsonschema.logic.samples import Samples
from registry.engines.jsonschema.logic.scalars import find_scalar, find_string, fulfils
from registry.engines.jsonschema.logic.tabling import Table

_ORDER: Final = (OBJECT, ARRAY, STRING, INTEGER, BOOLEAN, FRACTION, NULL)
_MOST_VALUES: Final = 500
_OPEN: Final = Stuck("a choice that is still open")


class Search:
    """Searches, each time within a budget of steps; remembers every set of demands that it has settled."""

    def __init__(self, formulas: Formulas, samples: Samples, *, lenient: bool) -> None:
        self._formulas = formulas
        self._lenient = lenient
        self._restriction = Restriction(formulas)
        self._containment = Containment(self._restriction, self._implied, self.spend, lenient=lenient)
        self._objects = ObjectSearch(formulas, self.spend, lenient=lenient, samples=samples)
        self._arrays = ArraySearch(formulas, self.spend)
        self._left = 0
        self._table: Table[Demands, Outcome] = Table(self._value, hypothesis=EMPTY)
        self._following = Following(self._listed)
        self._lists: dict[Formula, list[Json] | None] = {}
        self._exhausted: dict[Demands, int] = {}

    def search(self, demands: Demands, budget: int) -> Outcome:
        """A value that fulfils all demands, found within a number of steps. Raises BudgetSpent and BadReference."""
        if self._exhausted.get(demands, 0) >= budget:
            raise BudgetSpent
        self._left = budget
        try:
            return self._table.answer(demands)
        except BudgetSpent:
            self._exhausted[demands] = budget
            raise

    def spend(self, steps: int = 1) -> None:
        """Use up some steps. Raises BudgetSpent."""
        self._left -= steps
        if self._left < 0:
            raise BudgetSpent

    def _value(self, demands: Demands) -> Steps:
        self.spend()
        wanted = [demand.formula for demand in demands if demand.positive]
        if any(not demand.positive and demand.formula in wanted for demand in demands):
            return EMPTY
        values = self._finite(wanted)
        if values is not None:
            return self._best_of(values, demands)
        if self._contained(demands):
            return EMPTY
        kinds = EVERY_KIND
        for demand in demands:
            left, touched = self._restriction.kinds(demand.formula)
            kinds &= left if demand.positive else touched
        best: Outcome = EMPTY
        for kind in _ORDER:
            if kinds & kind:
                best = better(best, (yield from self._of_kind(demands, kind)))
                if is_sure(best):
                    break
        return best

    def _best_of(self, values: list[Json], demands: Demands) -> Outcome:
        best: Outcome = EMPTY
        for value in values:
            best = better(best, self._evaluated(demands, value))
            if is_sure(best):
                break
        return best

    def _contained(self, demands: Demands) -> bool:
        """Whether what is demanded is plainly implied by the negation of one demand."""
        refused = [demand.formula for demand in _in_order(demands) if not demand.positive]
        if not refused or (self._lenient and any(demand.positive is not demand.writer for demand in demands)):
            return False
        inner = self._formulas.both([demand.formula for demand in _in_order(demands) if demand.positive])
        return any(self._containment.proved(inner, formula) for formula in refused)

    def _implied(self, inner: Formula, outer: Formula, kind: int) -> bool:
        """Whether an implication holds of a type without parts, which takes no questions about members."""
        branch = Branch(kind)
        writes = branch.assume(self._formulas, inner, True, True) and branch.assume(self._formulas, outer, False, False)
        if not writes:
            return True
        try:
            next(self._decided(branch))
        except StopIteration as end:
            return end.value is EMPTY
        raise AssertionError("a value without parts needs no other values")

    def _finite(self, formulas: list[Formula]) -> list[Json] | None:
        """The shortest complete list of values that some formula leaves."""
        lists = [values for formula in formulas if (values := self._listed(formula)) is not None]
        shortest = min(lists, key=len, default=None)
        return shortest if shortest is not None and len(shortest) <= _MOST_VALUES else None

    def _evaluated(self, demands: Demands, value: Json) -> Outcome:
        self.spend(len(demands))
        sure = True
        for demand in demands:
            answer = holds(demand.formula, value)
            if answer is None:
                sure = False
            elif answer is not demand.positive:
                return EMPTY
        return Found(value, sure=sure)

    def _of_kind(self, demands: Demands, kind: int) -> Steps:
        branch = Branch(kind)
        refused: list[Formula] = []
        for demand in _in_order(demands):
            formula = self._restriction.to(demand.formula, kind)
            if not branch.assume(self._formulas, formula, demand.positive, demand.writer):
                return EMPTY
            if not demand.positive and not demand.writer:
                refused.append(formula)
        branch.refused = tuple(refused)
        return (yield from self._decided(branch))

    def _decided(self, branch: Branch) -> Steps:
        """Settle the open clauses one by one, those with the fewest choices first."""
        self.spend(1 + branch.work // 8)
        branch.work = 0
        if not self._propagated(branch) or self._covered(branch):
            return EMPTY
        if not branch.clauses and not branch.exclusive:
            return (yield from self._closed(branch))
        guess = yield from self._guessed(branch)
        if guess is EMPTY or is_sure(guess):
            return guess
        choices, writer = self._next(branch)
        best: Outcome = EMPTY
        for choice in choices:
            below = branch.copy()
            if below.assume(self._formulas, *choice, writer):
                best = better(best, (yield from self._decided(below)))
                if is_sure(best):
                    break
        return best

    def _next(self, branch: Branch) -> Clause:
        """The clause, or the exclusive union, that leaves the fewest choices."""
        shortest = min(branch.clauses, key=_urgency, default=None)
        members = self._following.known_members(branch) or {}
        for union, (wanted, writer) in branch.exclusive.items():
            count, left = self._following.holding(branch, union, members)
            choices = [(part, True) for part in left]
            if not wanted and not count:
                choices.insert(0, (self._formulas.either(left), False))
            if shortest is None or _urgency((tuple(choices), writer)) < _urgency(shortest):
                shortest = tuple(choices), writer
        if shortest is None:
            raise AssertionError("only asked while something is open")
        if shortest in branch.clauses:
            branch.clauses.remove(shortest)
        return shortest

    def _propagated(self, branch: Branch) -> bool:
        """Drop clauses that hold and choices that cannot; assume choices that are left alone. False on contradiction."""
        changed = True
        while changed:
            changed = False
            members = self._following.known_members(branch)
            if members is None:
                return False
            clauses, branch.clauses = branch.clauses, []
            self.spend(1 + sum([2 + len(choices) for choices, _ in clauses]) // 16)
            for choices, writer in clauses:
                left = self._following.left(branch, choices, members)
                if left is None:
                    continue
                if len(left) > 1:
                    branch.clauses.append((left, writer))
                elif left and branch.assume(self._formulas, *left[0], writer):
                    changed = True
                else:
                    return False
            for union in tuple(branch.exclusive):
                settled = self._settled(branch, union, members)
                if settled is False:
                    return False
                changed |= settled is True
        return True

    def _settled(self, branch: Branch, union: ExactlyOne, members: KnownMembers) -> bool | None:
        """Draw what follows for an exclusive union: True when something was, False on contradiction, None when it stays open."""
        self.spend(1 + len(union.parts) // 8)
        wanted, writer = branch.exclusive[union]
        count, left = self._following.holding(branch, union, members)
        if count > 1 or not left:
            del branch.exclusive[union]
            return None if (count == 1) is wanted else False
        if wanted and count == 1:
            del branch.exclusive[union]
            return all(branch.assume(self._formulas, part, False, writer) for part in left)
        if len(left) == 1:
            del branch.exclusive[union]
            return branch.assume(self._formulas, left[0], wanted or count == 1, writer)
        return None

    def _covered(self, branch: Branch) -> bool:
        """Whether what is written provably fulfils what it has to break; else drop the demands that it provably fulfils."""
        if branch.kind not in (OBJECT, ARRAY) or not branch.refused or not (branch.clauses or branch.exclusive):
            return False
        if any(writer and choices[0][1] for choices, writer in branch.clauses):
            return False  # the writer's alternatives are taken one by one first; what they have in common proves little
        written = branch.written(self._formulas)
        self.spend(1 + len(branch.facts) // 8 + sum([len(choices) for choices, writer in branch.clauses if not writer]) // 16)
        if any(self._containment.proved_of(branch.kind, written, formula) for formula in branch.refused):
            return True
        clauses, branch.clauses = branch.clauses, []
        for choices, writer in clauses:
            left = choices if writer else tuple(choice for choice in choices if not self._fulfilled(branch, written, choice))
            if not left:
                return True
            branch.clauses.append((left, writer))
        for union, (_, writer) in branch.exclusive.items():
            for part in () if writer else union.parts:
                if part not in branch.known and self._containment.proved_of(branch.kind, written, part):
                    branch.known[part] = True
        return False

    def _fulfilled(self, branch: Branch, written: Formula, choice: Choice) -> bool:
        """Whether a choice that something fails is provably no choice."""
        formula, wanted = choice
        return not wanted and self._containment.proved_of(branch.kind, written, formula)

    def _guessed(self, branch: Branch) -> Steps:
        """A value made of the facts alone, sure when it happens to fulfil all that is open; EMPTY when the facts leave none."""
        if branch.kind == OBJECT:
            guess = yield from self._objects.find(branch.facts, branch.sides, branch.asked, complete=False)
        elif branch.kind == ARRAY:
            guess = yield from self._arrays.find(branch.facts, branch.sides)
        else:
            return _OPEN
        if not isinstance(guess, Found):
            return guess
        return guess if guess.sure and self._happens(branch, guess.value) else _OPEN

    def _happens(self, branch: Branch, value: Json) -> bool:
        """Whether a value fulfils every open clause, and uses no name that only the reader declares."""
        if self._lenient and isinstance(value, dict) and not branch.declared.issuperset(value):
            return False
        self.spend(1 + sum([2 + len(choices) for choices, _ in branch.clauses]) // 8)
        for choices, _ in branch.clauses:
            if not any(holds(formula, value) is wanted for formula, wanted in choices):
                return False
        self.spend(sum([len(union.parts) for union in branch.exclusive]) // 4)
        return all(holds(union, value) is wanted for union, (wanted, _) in branch.exclusive.items())

    def _listed(self, formula: Formula) -> list[Json] | None:
        """The complete list of values that a formula leaves, remembered."""
        if formula not in self._lists:
            self._lists[formula] = finite_values(formula)
        return self._lists[formula]

    def _closed(self, branch: Branch) -> Steps:
        """No choice is open: ask the theory of the type."""
        self.spend(1 + len(branch.facts) // 8)
        for formula, wanted in branch.facts.items():
            if wanted and isinstance(formula, OneOfValues):
                return self._fulfilling(branch, formula)
        if branch.kind == OBJECT:
            return (yield from self._objects.find(branch.facts, branch.sides, branch.asked))
        if branch.kind == ARRAY:
            return (yield from self._arrays.find(branch.facts, branch.sides))
        if branch.kind == STRING:
            return find_string(branch.facts, self.spend)
        return find_scalar(branch.kind, branch.facts, self.spend)

    def _fulfilling(self, branch: Branch, formula: OneOfValues) -> Outcome:
        best: Outcome = EMPTY
        for value in formula.values:
            self.spend()
            answer = fulfils(branch.facts, value)
            best = best if answer is False else better(best, Found(value, sure=answer is True))
            if is_sure(best):
                break
        return best


def _urgency(clause: Clause) -> tuple[bool, int]:
    """What the writer excludes comes last: such clauses are many, and seldom why there is no value."""
    choices, writer = clause
    return writer and bool(choices) and not choices[0][1], len(choices)


def _in_order(demands: Demands) -> list[Demand]:
    return sorted(demands, key=_place) if len(demands) > 1 else list(demands)


def _place(demand: Demand) -> tuple[int, bool]:
    return demand.formula.number, demand.positive
