"""JSON values as JSON Schema compares them: 1 and 1.0 are one number, true and 1 are not."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from fractions import Fraction
from functools import lru_cache

from registry.domain.change import Json


def key_of(value: Json) -> Hashable:
    """A hashable key, equal exactly for equal JSON values (JSON Schema 2020-12 core, section 4.2.2)."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value if isinstance(value, str) else ("literal", value)
    if isinstance(value, int | float):
        return ("number", exact(value))
    if isinstance(value, Mapping):
        return ("object", frozenset((name, key_of(member)) for name, member in value.items()))
    return ("array", tuple(key_of(item) for item in value))


def same_value(left: Json, right: Json) -> bool:
    """Whether two values are equal in JSON Schema's sense."""
    return key_of(left) == key_of(right)


def exact(number: float) -> Fraction | int:
    """The number that the text of a JSON number spells: 0.1 is one tenth, 1.0 is 1."""
    return number if isinstance(number, int) else _exact_float(number)


@lru_cache(maxsize=4096)
def _exact_float(number: float) -> Fraction | int:
    fraction = Fraction(repr(number))
    return fraction.numerator if fraction.denominator == 1 else fraction
