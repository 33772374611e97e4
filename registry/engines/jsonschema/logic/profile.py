"""What a conjunction says about objects or arrays, sorted by what it speaks about."""

from __future__ import annotations

import math
from functools import cached_property
from typing import Final

from registry.engines.jsonschema.logic.evaluate import covers
from registry.engines.jsonschema.logic.formula import (
    Both,
    Either,
    ExactlyOne,
    Formula,
    Formulas,
    Has,
    ItemAt,
    ItemCount,
    ItemsFrom,
    MemberCount,
    Members,
    NameIs,
    NameMatches,
    Negation,
    OneOfValues,
    OtherNames,
    Selector,
    Truth,
)
from registry.engines.jsonschema.logic.restriction import tags_of

_MOST_CANDIDATES: Final = 32


class ObjectProfile:
    """A conjunction about objects. `named` are demands on single members, `wide` those on several; `most` may be infinite.

    `union` is the first of its parts that leaves alternatives.
    """

    def __init__(self, formulas: Formulas, formula: Formula) -> None:
        parts = formula.parts if isinstance(formula, Both) else (formula,)
        self.parts = frozenset(parts)
        self.required: set[str] = set()
        self.named: dict[str, list[Formula]] = {}
        self.wide: list[tuple[NameMatches | OtherNames, Formula]] = []
        self.least, self.most = 0, math.inf
        self._absent: set[str] = set()
        self._formulas = formulas
        self._formula = formula
        self._members: dict[str, Formula] = {}
        self._open: list[Formula] = []
        for part in parts:
            self._add(part)
        self.union = next((part for part in self._open if isinstance(part, Either | ExactlyOne)), None)
        self.least = max(self.least, len(self.required))

    def _add(self, part: Formula) -> None:
        match part:
            case Members(selector=NameIs(name=name)):
                self.named.setdefault(name, []).append(part.formula)
            case Members(selector=NameMatches() | OtherNames() as selector):
                self.wide.append((selector, part.formula))
            case Has():
                self.required.add(part.name)
            case MemberCount():
                self.least = max(self.least, part.least)
                self.most = min(self.most, math.inf if part.most is None else part.most)
            case Negation(part=Has(name=name)):
                self._absent.add(name)
            case _:
                self._open.append(part)

    @cached_property
    def tags(self) -> list[tuple[str, object]]:
        """The tags that the object bears: a name, and each value that its member may have."""
        return [(name, key) for name, keys in tags_of(self._formula).items() for key in keys]

    def member(self, name: str) -> Formula:
        """What the member of this name fulfils, if it is there; a pattern that cannot be run is left out, which weakens it."""
        known = self._members.get(name)
        if known is None:
            wide = [demand for selector, demand in self.wide if covers(selector, name)]
            demands = [*self.named.get(name, ()), *wide]
            known = self._members[name] = demands[0] if len(demands) == 1 else self._formulas.both(demands)
        return known

    def excludes(self, name: str) -> bool:
        """Whether no such member can be there."""
        return name in self._absent or self.member(name) is self._formulas.false

    def rests(self, selector: OtherNames) -> list[Formula]:
        """Demands of which each member that has no name of ours, and that the selector picks, fulfils one."""
        spoken = selector.names | self.named.keys()
        for ours, demand in self.wide:
            if isinstance(ours, OtherNames) and ours.names <= spoken:
                matching = [pattern for pattern in ours.patterns if pattern not in selector.patterns]
                return [demand, *(self._matching(pattern) for pattern in matching)]
        return [self._formulas.true]

    def _matching(self, pattern: str) -> Formula:
        return self._formulas.both(demand for selector, demand in self.wide if selector == NameMatches(pattern))

    def leaves_undeclared(self, name: str) -> bool:
        """Whether the name is free to use and nothing, not even a branch that may apply, declares it."""
        if name in self.named or name in self.required or self._opens_up:
            return False
        return all(isinstance(selector, OtherNames) and _refuses(demand) for selector, demand in self.wide) and not any(
            _mentions(part, name) for part in self._open
        )

    @cached_property
    def _opens_up(self) -> bool:
        return any(_has_wide(part) for part in self._open)


class UnionIndex:
    """The branches of a union by what they demand, so that the few are found that an object can belong to."""

    def __init__(self, union: Either) -> None:
        self.parts = frozenset(union.parts)
        self._found: dict[object, list[Formula]] = {}
        for part in union.parts:
            for key in _keys(part):
                self._found.setdefault(key, []).append(part)

    def candidates(self, inner: ObjectProfile) -> list[Formula]:
        """The branches with a tag that the object bears, then with a name that it must have, then those that demand neither."""
        found: dict[Formula, None] = {}
        for key in (*inner.tags, *sorted(inner.required), None):
            found.update(dict.fromkeys(self._found.get(key, ())[:_MOST_CANDIDATES]))
        return list(found)[:_MOST_CANDIDATES]


def _keys(branch: Formula) -> list[object]:
    """Every tag of a branch; without one, a name that it requires."""
    tags = [(name, key) for name, keys in tags_of(branch).items() for key in keys]
    parts = branch.parts if isinstance(branch, Both) else (branch,)
    return [*tags] or [next((part.name for part in parts if isinstance(part, Has)), None)]


class ArrayProfile:
    """A conjunction about arrays. Positions from `head` on are alike; `most` may be infinite."""

    def __init__(self, formulas: Formulas, formula: Formula) -> None:
        parts = formula.parts if isinstance(formula, Both) else (formula,)
        self.parts = frozenset(parts)
        self.least, self.most = 0, math.inf
        self._formulas = formulas
        self._at: list[tuple[int, Formula]] = []
        self._after: list[tuple[int, Formula]] = []
        self.union = next((part for part in parts if isinstance(part, Either | ExactlyOne)), None)
        for part in parts:
            match part:
                case ItemAt():
                    self._at.append((part.index, part.formula))
                case ItemsFrom():
                    self._after.append((part.start, part.formula))
                    if _refuses(part.formula):
                        self.most = min(self.most, part.start)
                case ItemCount():
                    self.least = max(self.least, part.least)
                    self.most = min(self.most, math.inf if part.most is None else part.most)
                case _:
                    pass

    @cached_property
    def head(self) -> int:
        """The number of leading positions that the demands tell apart."""
        return max((*(index + 1 for index, _ in self._at), *(start for start, _ in self._after)), default=0)

    def item(self, index: int) -> Formula:
        """What the item at the index fulfils, if it is there."""
        demands = [demand for at, demand in self._at if at == index]
        return self._formulas.both((*demands, *(demand for start, demand in self._after if start <= index)))


def _refuses(formula: Formula) -> bool:
    return isinstance(formula, Truth) and not formula.value


def _inner(formula: Formula) -> tuple[Formula, ...]:
    if isinstance(formula, Both | Either | ExactlyOne):
        return formula.parts
    return (formula.part,) if isinstance(formula, Negation) else ()


def _mentions(formula: Formula, name: str) -> bool:
    """Whether a formula speaks of the member of this name, at the level of the object itself."""
    if isinstance(formula, Has):
        return formula.name == name
    if isinstance(formula, Members):
        return formula.selector == NameIs(name)
    return any(_mentions(part, name) for part in _inner(formula))


def _has_wide(formula: Formula) -> bool:
    """Whether a formula speaks of members by pattern, or of all others, or of things that are not looked into."""
    if isinstance(formula, Members):
        selector: Selector = formula.selector
        return not isinstance(selector, NameIs) and not _refuses(formula.formula)
    return isinstance(formula, OneOfValues) or any(_has_wide(part) for part in _inner(formula))
