"""The fields of a body that an example and its matching rules name: `$`, `$.lines`, `$.lines[]`, `$.lines[].sku`, `$.prices{}`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from registry.domain.change import Json
from registry.engines.pacts.expressions import Step, Wildcard
from registry.engines.pacts.pact import Body, MatchingRule

# Matchers that say that the names of an object's members are values, not fields (Pact specification 3 and 4, "Matchers").
_FREE_NAMES = frozenset({"values", "eachKey", "eachValue"})


@dataclass(frozen=True, slots=True)
class _Way:
    """What is left of a matching rule's expression, the step before, and whether the rule frees the names where it ends."""

    steps: tuple[Step, ...]
    last: Step | None
    frees_names: bool

    def follow(self, step: str | int) -> _Way | None:
        """The way on through a member or item; None when the rule leads elsewhere."""
        if not self.steps or not (self.steps[0] == step or isinstance(self.steps[0], Wildcard)):
            return None
        return self.onward()

    def onward(self) -> _Way:
        """The way after its next step."""
        return _Way(self.steps[1:], self.steps[0], self.frees_names)

    @property
    def names_are_free(self) -> bool:
        """Whether the rule says so of the object that it has reached.

        `[*].*` does not: with a list, libraries write it for "every field of every item by its type".
        """
        if not self.steps:
            return self.frees_names
        return isinstance(self.steps[0], Wildcard) and self.last is not Wildcard.ITEM


def field_paths(body: Body | None, rules: Iterable[MatchingRule]) -> tuple[str, ...]:
    """The paths of all containers and leaves, sorted: `[]` is any item, `{}` any member of an object whose names are values.

    A body that is not JSON is one field, `$`; without a body there is none. Where an example list or object is empty, the rules
    say what its members would be.
    """
    if body is None:
        return ()
    if not body.is_json:
        return ("$",)
    ways = tuple(
        _Way(rule.steps, None, any(matcher.kind in _FREE_NAMES for matcher in rule.matchers))
        for rule in rules
        if rule.category == "body"
    )
    return tuple(sorted(set(_fields(body.content, "$", ways))))


def _fields(value: Json, path: str, ways: tuple[_Way, ...]) -> Iterator[str]:
    yield path
    if isinstance(value, (dict, list)) and not value:
        for way in ways:
            yield from _promised(way, path)
    elif isinstance(value, dict):
        free = any(way.names_are_free for way in ways)
        for name, member in value.items():
            yield from _fields(member, f"{path}{{}}" if free else f"{path}.{name}", _following(ways, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _fields(item, f"{path}[]", _following(ways, index))


def _following(ways: tuple[_Way, ...], step: str | int) -> tuple[_Way, ...]:
    return tuple(onward for way in ways if (onward := way.follow(step)) is not None)


def _promised(way: _Way, path: str) -> Iterator[str]:
    """The fields that a rule names below an empty example."""
    while way.steps:
        step = way.steps[0]
        if step is Wildcard.MEMBER:
            if not way.names_are_free:
                return
            path += "{}"
        else:
            path += f".{step}" if isinstance(step, str) else "[]"
        yield path
        way = way.onward()
