"""What a search for a document ends with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from registry.domain.change import Json
from registry.engines.jsonschema.logic.formula import Formula


@dataclass(frozen=True, slots=True)
class Empty:
    """There is provably no such value."""


@dataclass(frozen=True, slots=True)
class Found:
    """A value; `sure` when every formula was evaluated on it, else a candidate for the judges."""

    value: Json
    sure: bool


@dataclass(frozen=True, slots=True)
class Stuck:
    """Neither a value nor a proof, because of this construct."""

    construct: str


Outcome: TypeAlias = Empty | Found | Stuck
EMPTY: Final = Empty()


@dataclass(frozen=True, slots=True)
class Demand:
    """A formula that the value must fulfil (or not); `writer` tells whose schema it comes from, for the lenient reading."""

    formula: Formula
    positive: bool
    writer: bool


Samples: TypeAlias = Mapping[str, Sequence[Json]]
"""Values that read like data, by the name of the property that holds them."""
Solve: TypeAlias = Callable[[frozenset[Demand]], Outcome]


class BudgetSpent(Exception):
    """The steps that one question may take are used up."""


def first_found(outcomes: Iterable[Outcome]) -> Outcome:
    """The best of several ways: a sure value ends the search, else an unsure one, else what was stuck, else empty."""
    best: Outcome = EMPTY
    for outcome in outcomes:
        if isinstance(outcome, Found) and outcome.sure:
            return outcome
        if (isinstance(outcome, Found) and not isinstance(best, Found)) or (isinstance(outcome, Stuck) and isinstance(best, Empty)):
            best = outcome
    return best
