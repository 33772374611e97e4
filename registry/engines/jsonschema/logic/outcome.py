"""What a search for a document ends with."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

from registry.domain.change import Json
from registry.engines.jsonschema.logic.formula import Formula


@dataclass(frozen=True, slots=True)
class Empty:
    """There is provably no such value."""


@dataclass(frozen=True, slots=True)
class Found:
    """A value; `sure` when every formula was evaluated on it, else a candidate for the judges. `size` counts its parts."""

    value: Json
    sure: bool
    size: int = 1


@dataclass(frozen=True, slots=True)
class Stuck:
    """Neither a value nor a proof, because of this construct."""

    construct: str


LARGEST: Final = 5_000
"""Parts of the largest document that is looked for. Parts may be shared, so that nothing but this bounds the whole."""

Outcome: TypeAlias = Empty | Found | Stuck
EMPTY: Final = Empty()


class Demand(NamedTuple):
    """A formula that the value must fulfil (or not); `writer` tells whose schema it comes from, for the lenient reading."""

    formula: Formula
    positive: bool
    writer: bool


Demands: TypeAlias = frozenset[Demand]
Steps: TypeAlias = Generator[Demands, Outcome, Outcome]
"""A search under way: it yields what it demands of a member or an item, is sent the outcome of that, and returns its own."""


class BudgetSpent(Exception):
    """The steps that one question may take are used up."""


def size_of(value: Json) -> int:
    """The number of values in a value, itself included."""
    count, stack = 0, [value]
    while stack:
        count += 1
        part = stack.pop()
        if isinstance(part, Mapping):
            stack.extend(part.values())
        elif isinstance(part, list):
            stack.extend(part)
    return count


def better(best: Outcome, other: Outcome) -> Outcome:
    """The better of two ways: a sure value, else an unsure one, else what was stuck, else empty; the first of equals."""
    return other if _rank(other) > _rank(best) else best


def is_sure(outcome: Outcome) -> bool:
    """Whether an outcome is a value that no other way can better."""
    return isinstance(outcome, Found) and outcome.sure


def _rank(outcome: Outcome) -> int:
    if outcome is EMPTY:
        return 0
    return 1 if isinstance(outcome, Stuck) else 3 if isinstance(outcome, Found) and outcome.sure else 2
