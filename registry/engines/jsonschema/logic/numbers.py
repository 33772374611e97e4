"""Finding a number: ranges, steps to meet and to miss, and numbers to avoid, with exact arithmetic."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeAlias

Exact: TypeAlias = "Fraction | int"

_TRIES: Final = 200


@dataclass(frozen=True, slots=True)
class NumberDemand:
    """What a number has to be: inside the ends (None is open), on all `steps`, on none of `missed`, none of `excluded`."""

    low: Exact | None
    low_open: bool
    high: Exact | None
    high_open: bool
    steps: tuple[Exact, ...]
    missed: tuple[Exact, ...]
    excluded: frozenset[Exact]

    def admits(self, number: Exact) -> bool:
        """Whether a number fulfils all of it."""
        if self.low is not None and (number < self.low or (self.low_open and number == self.low)):
            return False
        if self.high is not None and (number > self.high or (self.high_open and number == self.high)):
            return False
        if any(number % step for step in self.steps) or number in self.excluded:
            return False
        return all(number % step for step in self.missed)


class NoNumber(Exception):
    """There is no such number."""


class NumberUnknown(Exception):
    """Neither a number nor a proof was found."""


def find_integer(demand: NumberDemand) -> int:
    """An integer that fulfils the demand. Raises NoNumber or NumberUnknown."""
    step = math.lcm(*(Fraction(each).numerator for each in demand.steps)) if demand.steps else 1
    if any(step % Fraction(each).numerator == 0 for each in demand.missed):
        raise NoNumber
    low = None if demand.low is None else _first_above(demand.low, step, open_=demand.low_open)
    high = None if demand.high is None else -_first_above(-demand.high, step, open_=demand.high_open)
    if low is not None and high is not None and low > high:
        raise NoNumber
    for number in _walk(low, high, step):
        if demand.admits(number):
            return number
    if low is not None and high is not None and (high - low) // step < _TRIES:
        raise NoNumber
    raise NumberUnknown


def find_fraction(demand: NumberDemand) -> Fraction:
    """A number that is no integer and fulfils the demand. Raises NoNumber or NumberUnknown."""
    if demand.low is not None and demand.high is not None:
        if demand.low > demand.high or (demand.low == demand.high and (demand.low_open or demand.high_open)):
            raise NoNumber
        if demand.low == demand.high:
            number = Fraction(demand.low)
            if number.denominator == 1 or not demand.admits(number):
                raise NoNumber
            return number
    if not demand.steps:
        return _between(demand)
    step = _common(demand.steps)
    if step.denominator == 1 or any((step / each).denominator == 1 for each in demand.missed):
        raise NoNumber
    low = None if demand.low is None else _first_above(demand.low / step, 1, open_=demand.low_open)
    high = None if demand.high is None else -_first_above(-demand.high / step, 1, open_=demand.high_open)
    if low is not None and high is not None and low > high:
        raise NoNumber
    for times in _walk(low, high, 1):
        number = times * step
        if number.denominator != 1 and demand.admits(number):
            return number
    if low is not None and high is not None and high - low < _TRIES:
        raise NoNumber
    raise NumberUnknown


def _first_above(limit: Exact, step: int, *, open_: bool) -> int:
    """The first multiple of the step that is not below the limit."""
    number = -((-Fraction(limit)) // step) * step
    return number + step if open_ and number == limit else number


def _walk(low: int | None, high: int | None, step: int) -> Iterator[int]:
    """Multiples of the step inside the ends: the smallest natural ones first, then a walk from an end."""
    for count in range(_TRIES):
        if low is not None:
            number = low + count * step
            if high is not None and number > high:
                return
            yield number
        elif high is not None:
            yield high - count * step
        else:
            yield (count // 2 if count % 2 == 0 else -(count // 2 + 1)) * step
    if low is not None and high is not None:
        yield from (high - count * step for count in range(_TRIES))


def _common(steps: tuple[Exact, ...]) -> Fraction:
    """The coarsest step whose multiples lie on all steps."""
    numerator = math.lcm(*(Fraction(step).numerator for step in steps))
    denominator = math.gcd(*(Fraction(step).denominator for step in steps))
    return Fraction(numerator, denominator)


def _between(demand: NumberDemand) -> Fraction:
    """A short decimal between the ends; no finite set of steps and numbers covers an interval, so one exists."""
    low, high = demand.low, demand.high
    if low is None:
        low = high - 10 if high is not None else Fraction(0)
    if high is None:
        high = low + 10
    width = Fraction(high) - low
    for parts in (2, 4, 10, 20, 100, 1_000, 7_777, 1_000_003):
        for count in range(1, min(parts, 40)):
            number = _rounded(low + width * count / parts, width / parts)
            if number.denominator != 1 and demand.admits(number):
                return number
    raise NumberUnknown


def _rounded(number: Fraction, tolerance: Fraction) -> Fraction:
    """The number with as few decimals as stay inside the tolerance."""
    for decimals in range(1, 18):
        scale = 10**decimals
        short = Fraction(round(number * scale), scale)
        if abs(short - number) < tolerance:
            return short
    return number
