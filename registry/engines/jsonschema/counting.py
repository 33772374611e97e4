"""The validator in Python with its work counted, and every word replaced whose work no count would bound.

What a schema costs is not in its size: thirty definitions that each refer twice to the next take a billion steps, and `uniqueItems`
compares every pair of items. Each word is charged when it is looked at, with the lengths of what it looks through.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, cast

import jsonschema
import jsonschema.validators

from registry.engines.jsonschema.patterns import effort, searches
from registry.engines.jsonschema.values import key_of

Keyword: TypeAlias = Callable[[Any, Any, Any, Any], Iterator[jsonschema.ValidationError] | None]

_EFFORT_OF_A_STEP: Final = 10_000
_MEMBERS_OF_A_STEP: Final = 16
_REFERENCES: Final = frozenset({"$ref", "$dynamicRef", "$recursiveRef"})
_MOST_REFERENCES: Final = 60
"""References followed inside each other; each takes some ten frames of the thousand that the interpreter allows."""


class Undecidable(Exception):
    """A validator cannot judge: a pattern that no linear-time engine runs, a construct it does not know, or too many steps."""


@dataclass(slots=True)
class _Budget:
    left: int
    references: int = 0


_budget: ContextVar[_Budget | None] = ContextVar("budget", default=None)


@contextmanager
def at_most(steps: int) -> Generator[None]:
    """Raise Undecidable when the validators of this module take more than so many steps inside."""
    token = _budget.set(_Budget(steps))
    try:
        yield
    finally:
        _budget.reset(token)


def counting(cls: Any) -> Any:
    """The validator of a draft with its words counted, and those replaced that run a pattern or compare all items."""
    words = {**cls.VALIDATORS, **{word: check for word, check in _REPLACED.items() if word in cls.VALIDATORS}}
    counted = {word: _counted(_followed(check) if word in _REFERENCES else check) for word, check in words.items()}
    return cast("Any", jsonschema.validators).extend(cls, counted)


def _counted(check: Keyword) -> Keyword:
    def charged(validator: Any, value: Any, instance: Any, schema: Any) -> Iterator[jsonschema.ValidationError] | None:
        _spend(1 + (_length(value) + _length(instance)) // _MEMBERS_OF_A_STEP)
        return check(validator, value, instance, schema)

    return charged


def _followed(check: Keyword) -> Keyword:
    """A reference, followed as deep as the interpreter's stack surely reaches.

    A schema that refers to itself in place would overflow it, inside a compiled library too, where that ends the process.
    """

    def nested(validator: Any, value: Any, instance: Any, schema: Any) -> Iterator[jsonschema.ValidationError]:
        budget = _budget.get() or _Budget(0)
        if budget.references >= _MOST_REFERENCES:
            raise Undecidable
        budget.references += 1
        try:
            yield from check(validator, value, instance, schema) or ()
        finally:
            budget.references -= 1

    return nested


def _length(value: Any) -> int:
    return len(cast("list[Any]", value)) if isinstance(value, list | dict) else 0


def _spend(steps: int) -> None:
    budget = _budget.get()
    if budget is None:
        return
    budget.left -= steps
    if budget.left < 0:
        raise Undecidable


def _matches(pattern: str, text: str) -> bool:
    _spend(1 + effort(pattern, text) // _EFFORT_OF_A_STEP)
    found = searches(pattern, text)
    if found is None:
        raise Undecidable
    return found


def _pattern(_: Any, pattern: str, instance: Any, __: Any) -> Iterator[jsonschema.ValidationError]:
    if isinstance(instance, str) and not _matches(pattern, instance):
        yield jsonschema.ValidationError(f"{instance[:100]!r} does not match {pattern[:100]!r}")


def _pattern_properties(validator: Any, patterns: Mapping[str, Any], instance: Any, _: Any) -> Iterator[jsonschema.ValidationError]:
    if isinstance(instance, dict):
        for pattern, schema in patterns.items():
            for name, member in cast("dict[str, Any]", instance).items():
                if _matches(pattern, name):
                    yield from validator.descend(member, schema)


def _additional(validator: Any, rest: Any, instance: Any, schema: Mapping[str, Any]) -> Iterator[jsonschema.ValidationError]:
    if isinstance(instance, dict):
        patterns = schema.get("patternProperties", {})
        for name, member in cast("dict[str, Any]", instance).items():
            if name not in schema.get("properties", {}) and not any(_matches(pattern, name) for pattern in patterns):
                yield from validator.descend(member, rest)


def _unique(_: Any, wanted: Any, instance: Any, __: Any) -> Iterator[jsonschema.ValidationError]:
    if wanted is True and isinstance(instance, list):
        items = cast("list[Any]", instance)
        if len({key_of(item) for item in items}) < len(items):
            yield jsonschema.ValidationError("has items that are equal")


_REPLACED: Final[Mapping[str, Keyword]] = {
    "pattern": _pattern,
    "patternProperties": _pattern_properties,
    "additionalProperties": _additional,
    "uniqueItems": _unique,
}
