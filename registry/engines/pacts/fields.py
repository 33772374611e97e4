"""The fields of a body that an example and its matching rules name: `$`, `$.lines`, `$.lines[]`, `$.lines[].sku`, `$.prices{}`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from registry.domain.change import Json
from registry.domain.errors import LimitExceeded
from registry.engines.pacts.expressions import Step, Wildcard
from registry.engines.pacts.pact import Body, MatchingRule

# Matchers that say that the names of an object's members are values, not fields (Pact specification 3 and 4, "Matchers").
_FREE_NAMES = frozenset({"values", "eachKey", "eachValue"})
_COST_OF_A_STEP = 20


@dataclass(slots=True)
class Work:
    """How much may still be done for one pact. Rules times members, and the text of all paths, can be far more than the file."""

    left: int = 5_000_000

    def spend(self, amount: int) -> None:
        """Raise LimitExceeded when nothing is left."""
        self.left -= amount
        if self.left < 0:
            raise LimitExceeded("The bodies and matching rules of this pact name more fields than are read.")


@dataclass(slots=True, eq=False)
class _Place:
    """Where the expressions of some rules have come to: the step before, the steps that lead on, and whether a rule ends here
    that frees the names."""

    last: Step | None = None
    onward: dict[Step, _Place] = field(default_factory=dict[Step, "_Place"])
    frees_names: bool = False

    @property
    def names_are_free(self) -> bool:
        """Whether the rules say so of the object that they have reached.

        `[*].*` does not: with a list, libraries write it for "every field of every item by its type".
        """
        wildcard = Wildcard.MEMBER in self.onward or Wildcard.ITEM in self.onward
        return self.frees_names or (wildcard and self.last is not Wildcard.ITEM)


def field_paths(body: Body | None, rules: Iterable[MatchingRule], work: Work | None = None) -> tuple[str, ...]:
    """The paths of all containers and leaves, sorted: `[]` is any item, `{}` any member of an object whose names are values.

    A body that is not JSON is one field, `$`; without a body there is none. Where an example list or object is empty, the rules
    say what its members would be. Raises LimitExceeded when the work is spent.
    """
    if body is None:
        return ()
    if not body.is_json:
        return ("$",)
    work = work or Work()
    root = _tree((rule for rule in rules if rule.category == "body"), work)
    return tuple(sorted(set(_fields(body.content, "$", (root,), work))))


def _tree(rules: Iterable[MatchingRule], work: Work) -> _Place:
    """The rules by their steps, so that what they have in common is followed once."""
    root = _Place()
    for rule in rules:
        work.spend(_COST_OF_A_STEP * len(rule.steps))
        place = root
        for step in rule.steps:
            place = place.onward.setdefault(step, _Place(step))
        place.frees_names |= any(matcher.kind in _FREE_NAMES for matcher in rule.matchers)
    return root


def _fields(value: Json, path: str, places: tuple[_Place, ...], work: Work) -> Iterator[str]:
    work.spend(len(path))
    yield path
    if isinstance(value, (dict, list)) and not value:
        for place in places:
            yield from _promised(place, path, work)
    elif isinstance(value, dict):
        free = any(place.names_are_free for place in places)
        for name, member in value.items():
            yield from _fields(member, f"{path}{{}}" if free else f"{path}.{name}", _following(places, name, work), work)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _fields(item, f"{path}[]", _following(places, index, work), work)


def _following(places: tuple[_Place, ...], step: str | int, work: Work) -> tuple[_Place, ...]:
    """The places that the rules reach through a member or item."""
    work.spend(len(places))
    wanted = (step, Wildcard.MEMBER, Wildcard.ITEM)
    return tuple(place.onward[key] for place in places for key in wanted if key in place.onward)


def _promised(place: _Place, path: str, work: Work) -> Iterator[str]:
    """The fields that the rules name below an empty example."""
    for step, inner in place.onward.items():
        if step is Wildcard.MEMBER:
            if place.last is Wildcard.ITEM:
                continue
            below = f"{path}{{}}"
        else:
            below = f"{path}.{step}" if isinstance(step, str) else f"{path}[]"
        work.spend(len(below))
        yield below
        yield from _promised(inner, below, work)
