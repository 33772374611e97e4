"""Reserved and extension numbers, and reserved names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeAlias

Range: TypeAlias = tuple[int, int]
"""First and last number, both included."""

_MAX_FIELD = 2**29 - 1
_MAX_ENUM_VALUE = 2**31 - 1


class DescriptorRange(Protocol):
    """A range as descriptors have it."""

    @property
    def start(self) -> int:
        """The first number."""
        ...

    @property
    def end(self) -> int:
        """One after the last number in messages, the last number in enums."""
        ...


def of_message(ranges: Iterable[DescriptorRange]) -> tuple[Range, ...]:
    """The ranges of a message, whose descriptors exclude the end."""
    return tuple((item.start, item.end - 1) for item in ranges)


def of_enum(ranges: Iterable[DescriptorRange]) -> tuple[Range, ...]:
    """The ranges of an enum, whose descriptors include the end."""
    return tuple((item.start, item.end) for item in ranges)


def contains(number: int, ranges: Iterable[Range]) -> bool:
    """Whether a number is in one of the ranges."""
    return any(first <= number <= last for first, last in ranges)


def missing(wanted: Range, ranges: Sequence[Range]) -> tuple[Range, ...]:
    """The parts of a range that no other range covers, in order."""
    first, last = wanted
    found: list[Range] = []
    for start, end in sorted(ranges):
        if end < first:
            continue
        if start > last:
            break
        if start > first:
            found.append((first, start - 1))
        first = end + 1
    if first <= last:
        found.append((first, last))
    return tuple(found)


def spell(number_range: Range) -> str:
    """A range as a `reserved` statement has it."""
    first, last = number_range
    if first == last:
        return str(first)
    return f"{first} to {'max' if last in {_MAX_FIELD, _MAX_ENUM_VALUE} else last}"
