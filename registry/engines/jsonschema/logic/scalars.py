"""Values without parts: null, booleans, numbers and texts that fulfil a list of facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from registry.domain.change import Json
from registry.engines.jsonschema.logic.evaluate import holds
from registry.engines.jsonschema.logic.formula import (
    BOOLEAN,
    INTEGER,
    NULL,
    AtLeast,
    AtMost,
    Exact,
    Formula,
    Length,
    Matches,
    MultipleOf,
    OneOfValues,
)
from registry.engines.jsonschema.logic.numbers import NoNumber, NumberDemand, NumberUnknown, find_fraction, find_integer
from registry.engines.jsonschema.logic.outcome import EMPTY, Found, Outcome, Stuck, better, is_sure
from registry.engines.jsonschema.logic.texts import NoText, TextDemand, TextUnknown, find_text
from registry.engines.jsonschema.values import exact

Facts = Mapping[Formula, bool]


def fulfils(facts: Facts, value: Json) -> bool | None:
    """Whether a value fulfils all facts; None when some of them cannot be evaluated."""
    known: bool | None = True
    for formula, wanted in facts.items():
        answer = holds(formula, value)
        if answer is None:
            known = None
        elif answer is not wanted:
            return False
    return known


def tried(facts: Facts, value: Json, otherwise: Outcome = EMPTY) -> Outcome:
    """The value as an outcome when it fulfils the facts, or may."""
    answer = fulfils(facts, value)
    return otherwise if answer is False else Found(value, sure=answer is True)


def _first_of(outcomes: Iterable[Outcome]) -> Outcome:
    best: Outcome = EMPTY
    for outcome in outcomes:
        best = better(best, outcome)
        if is_sure(best):
            break
    return best


def find_scalar(kind: int, facts: Facts, spend: Callable[[int], None]) -> Outcome:
    """A null, boolean or number that fulfils the facts."""
    if kind == NULL:
        return tried(facts, None)
    if kind == BOOLEAN:
        return _first_of(tried(facts, value) for value in (True, False))
    return _number(kind, facts, spend)


def _number(kind: int, facts: Facts, spend: Callable[[int], None]) -> Outcome:
    spend(1)
    demand = _number_demand(facts)
    try:
        found: Exact = find_integer(demand) if kind == INTEGER else find_fraction(demand)
    except NoNumber:
        return EMPTY
    except NumberUnknown:
        return Stuck("multipleOf")
    stuck = Stuck("a number that has no exact decimal")
    return tried(facts, float(found) if isinstance(found, Fraction) and found.denominator != 1 else int(found), stuck)


def _number_demand(facts: Facts) -> NumberDemand:
    lows: list[tuple[Exact, bool]] = []
    highs: list[tuple[Exact, bool]] = []
    steps: list[Exact] = []
    missed: list[Exact] = []
    excluded: set[Exact] = set()
    for formula, wanted in facts.items():
        match formula:
            case AtLeast():
                (lows if wanted else highs).append((formula.limit, formula.exclusive is wanted))
            case AtMost():
                (highs if wanted else lows).append((formula.limit, formula.exclusive is wanted))
            case MultipleOf():
                (steps if wanted else missed).append(formula.step)
            case OneOfValues():
                if not wanted:
                    excluded.update(exact(value) for value in formula.values if isinstance(value, int | float))
            case _:
                pass
    low = max(lows, default=None)
    high = min(highs, key=lambda end: (end[0], not end[1]), default=None)
    return NumberDemand(
        low[0] if low else None,
        bool(low and low[1]),
        high[0] if high else None,
        bool(high and high[1]),
        tuple(steps),
        tuple(missed),
        frozenset(excluded),
    )


def find_string(facts: Facts, spend: Callable[[int], None], hints: tuple[Json, ...] = ()) -> Outcome:
    """A text that fulfils the facts; the hints are tried first, because they read like data."""
    for hint in hints:
        if isinstance(hint, str) and fulfils(facts, hint):
            return Found(hint, sure=True)
    least, most = 0, None
    misfits: list[tuple[int, int | None]] = []
    matching: list[str] = []
    avoiding: list[str] = []
    excluded: set[str] = set()
    for formula, wanted in facts.items():
        match formula:
            case Length():
                if wanted:
                    least = max(least, formula.least)
                    most = formula.most if most is None else most if formula.most is None else min(most, formula.most)
                else:
                    misfits.append((formula.least, formula.most))
            case Matches():
                (matching if wanted else avoiding).append(formula.pattern)
            case OneOfValues():
                if not wanted:
                    excluded.update(value for value in formula.values if isinstance(value, str))
            case _:
                pass
    demands = [
        TextDemand(low, high, tuple(matching), tuple(avoiding), frozenset(excluded)) for low, high in lengths(least, most, misfits)
    ]
    return _first_of(_text(demand, facts, spend) for demand in demands)


def lengths(least: int, most: int | None, misfits: list[tuple[int, int | None]]) -> list[tuple[int, int | None]]:
    """The range of counts cut by the ranges that must be missed: below or above each of them."""
    ranges = [(least, most)]
    for low, high in misfits:
        cut: list[tuple[int, int | None]] = []
        for first, last in ranges:
            if low > 0:
                cut.append((first, low - 1 if last is None else min(last, low - 1)))
            if high is not None:
                cut.append((max(first, high + 1), last))
        ranges = [(first, last) for first, last in cut if last is None or first <= last]
    return [(first, last) for first, last in ranges if last is None or first <= last]


def _text(demand: TextDemand, facts: Facts, spend: Callable[[int], None]) -> Outcome:
    try:
        found = find_text(demand, spend)
    except NoText:
        return EMPTY
    except TextUnknown:
        return Stuck(f"pattern {next(iter((*demand.matching, *demand.avoiding)), '')}")
    return tried(facts, found, Stuck("a pattern that two engines read differently"))
