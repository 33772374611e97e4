"""Whether a value fulfils a formula: yes, no, or not known where a construct or pattern is not understood."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from registry.domain.change import Json
from registry.engines.jsonschema.logic.formula import (
    KIND_OF_ATOM,
    AtLeast,
    AtMost,
    Both,
    Contains,
    Either,
    ExactlyOne,
    Formula,
    Has,
    ItemAt,
    ItemCount,
    ItemsFrom,
    KindIn,
    Length,
    Matches,
    MemberCount,
    Members,
    MultipleOf,
    Named,
    NameIs,
    NameMatches,
    Names,
    Negation,
    OneOfValues,
    Opaque,
    Selector,
    Truth,
    Unique,
    kind_of,
)
from registry.engines.jsonschema.patterns import searches
from registry.engines.jsonschema.values import exact, key_of

_DEEPEST: Final = 400


def holds(formula: Formula, value: Json, depth: int = 0) -> bool | None:
    """Whether the value fulfils the formula; None when that is not known."""
    needed = KIND_OF_ATOM.get(type(formula))
    if needed is not None and not kind_of(value) & needed:
        return True
    leaf = _LEAVES.get(type(formula))
    if leaf is not None:
        return leaf(formula, value)
    return None if depth > _DEEPEST else _NESTED[type(formula)](formula, value, depth + 1)


def covers(selector: Selector, name: str) -> bool | None:
    """Whether a selector picks the property of this name; None when a pattern cannot be run."""
    if isinstance(selector, NameIs):
        return selector.name == name
    if isinstance(selector, NameMatches):
        return searches(selector.pattern, name)
    if name in selector.names:
        return False
    return _none(searches(pattern, name) for pattern in selector.patterns)


def _all(answers: Iterable[bool | None]) -> bool | None:
    known: bool | None = True
    for answer in answers:
        if answer is False:
            return False
        if answer is None:
            known = None
    return known


def _none(answers: Iterable[bool | None]) -> bool | None:
    return _all(_not(answer) for answer in answers)


def _not(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


def _truth(formula: Truth, _: Json) -> bool | None:
    return formula.value


def _both(formula: Both, value: Json, depth: int) -> bool | None:
    known: bool | None = True
    for part in formula.parts:
        answer = holds(part, value, depth)
        if answer is False:
            return False
        if answer is None:
            known = None
    return known


def _either(formula: Either, value: Json, depth: int) -> bool | None:
    known: bool | None = False
    for part in formula.parts:
        answer = holds(part, value, depth)
        if answer is True:
            return True
        if answer is None:
            known = None
    return known


def _exactly_one(formula: ExactlyOne, value: Json, depth: int) -> bool | None:
    answers = [holds(part, value, depth) for part in formula.parts]
    if answers.count(True) > 1:
        return False
    return None if None in answers else answers.count(True) == 1


def _negation(formula: Negation, value: Json, depth: int) -> bool | None:
    return _not(holds(formula.part, value, depth))


def _named(formula: Named, value: Json, depth: int) -> bool | None:
    return holds(formula.unfold(), value, depth)


def _opaque(_formula: Opaque, _: Json) -> bool | None:
    return None


def _kind_in(formula: KindIn, value: Json) -> bool | None:
    return bool(formula.mask & kind_of(value))


def _one_of_values(formula: OneOfValues, value: Json) -> bool | None:
    return key_of(value) in formula.keys


def _at_least(formula: AtLeast, value: Json) -> bool | None:
    number = exact(value) if isinstance(value, int | float) else 0
    return number > formula.limit if formula.exclusive else number >= formula.limit


def _at_most(formula: AtMost, value: Json) -> bool | None:
    number = exact(value) if isinstance(value, int | float) else 0
    return number < formula.limit if formula.exclusive else number <= formula.limit


def _multiple_of(formula: MultipleOf, value: Json) -> bool | None:
    return isinstance(value, int | float) and exact(value) % formula.step == 0


def _length(formula: Length, value: Json) -> bool | None:
    return isinstance(value, str) and _within(len(value), formula.least, formula.most)


def _within(count: int, least: int, most: int | None) -> bool:
    return count >= least and (most is None or count <= most)


def _matches(formula: Matches, value: Json) -> bool | None:
    return searches(formula.pattern, value) if isinstance(value, str) else True


def _members(formula: Members, value: Json, depth: int) -> bool | None:
    if not isinstance(value, dict):
        return True
    selector = formula.selector
    if isinstance(selector, NameIs):
        return holds(formula.formula, value[selector.name], depth) if selector.name in value else True
    return _all(_member(formula, name, member, depth) for name, member in value.items())


def _member(formula: Members, name: str, member: Json, depth: int) -> bool | None:
    covered = covers(formula.selector, name)
    if covered is False:
        return True
    answer = holds(formula.formula, member, depth)
    return answer if covered or answer is True else None


def _has(formula: Has, value: Json) -> bool | None:
    return isinstance(value, dict) and formula.name in value


def _names(formula: Names, value: Json, depth: int) -> bool | None:
    return _all(holds(formula.formula, name, depth) for name in value) if isinstance(value, dict) else True


def _member_count(formula: MemberCount, value: Json) -> bool | None:
    return isinstance(value, dict) and _within(len(value), formula.least, formula.most)


def _item_at(formula: ItemAt, value: Json, depth: int) -> bool | None:
    if not isinstance(value, list) or len(value) <= formula.index:
        return True
    return holds(formula.formula, value[formula.index], depth)


def _items_from(formula: ItemsFrom, value: Json, depth: int) -> bool | None:
    return _all(holds(formula.formula, item, depth) for item in value[formula.start :]) if isinstance(value, list) else True


def _contains(formula: Contains, value: Json, depth: int) -> bool | None:
    answers = [holds(formula.formula, item, depth) for item in value] if isinstance(value, list) else []
    sure, possible = answers.count(True), len(answers) - answers.count(False)
    if possible < formula.least or (formula.most is not None and sure > formula.most):
        return False
    return True if sure >= formula.least and (formula.most is None or possible <= formula.most) else None


def _item_count(formula: ItemCount, value: Json) -> bool | None:
    return isinstance(value, list) and _within(len(value), formula.least, formula.most)


def _unique(_: Unique, value: Json) -> bool | None:
    keys = [key_of(item) for item in value] if isinstance(value, list) else []
    return len(set(keys)) == len(keys)


_LEAVES: Final[Mapping[type[Formula], Callable[..., bool | None]]] = {
    Truth: _truth,
    Opaque: _opaque,
    KindIn: _kind_in,
    OneOfValues: _one_of_values,
    AtLeast: _at_least,
    AtMost: _at_most,
    MultipleOf: _multiple_of,
    Length: _length,
    Matches: _matches,
    Has: _has,
    MemberCount: _member_count,
    ItemCount: _item_count,
    Unique: _unique,
}
_NESTED: Final[Mapping[type[Formula], Callable[..., bool | None]]] = {
    Both: _both,
    Either: _either,
    ExactlyOne: _exactly_one,
    Negation: _negation,
    Named: _named,
    Members: _members,
    Names: _names,
    ItemAt: _item_at,
    ItemsFrom: _items_from,
    Contains: _contains,
}
