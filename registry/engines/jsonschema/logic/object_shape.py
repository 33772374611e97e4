"""The facts about an object, sorted by what they speak about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from registry.engines.jsonschema.logic.branch import READER, WRITER
from registry.engines.jsonschema.logic.evaluate import covers
from registry.engines.jsonschema.logic.formula import (
    Formula,
    Has,
    MemberCount,
    Members,
    NameIs,
    NameMatches,
    Names,
    OneOfValues,
    OtherNames,
    Selector,
    Truth,
)
from registry.engines.jsonschema.logic.outcome import Demand
from registry.engines.jsonschema.logic.scalars import Facts

Sides: TypeAlias = Mapping[Formula, int]


@dataclass
class ObjectShape:
    """Demands on every member of one name (`of_name`), of several (`wide`), on some member (`some`), on names, and counts."""

    of_name: dict[str, list[Demand]] = field(default_factory=dict[str, list[Demand]])
    wide: list[tuple[Selector, Demand]] = field(default_factory=list[tuple[Selector, Demand]])
    some: list[tuple[Selector, Demand]] = field(default_factory=list[tuple[Selector, Demand]])
    required: dict[str, None] = field(default_factory=dict[str, None])
    absent: set[str] = field(default_factory=set[str])
    naming: list[Demand] = field(default_factory=list[Demand])
    misnamed: list[Demand] = field(default_factory=list[Demand])
    least: int = 0
    most: int | None = None
    misfits: list[tuple[int, int | None]] = field(default_factory=list[tuple[int, int | None]])
    excluded: int = 0

    @cached_property
    def patterns(self) -> tuple[str, ...]:
        """Every pattern that names are matched against."""
        found: set[str] = set()
        for selector, _ in (*self.wide, *self.some):
            if isinstance(selector, NameMatches):
                found.add(selector.pattern)
            elif isinstance(selector, OtherNames):
                found |= selector.patterns
        return tuple(sorted(found))

    @cached_property
    def mentioned(self) -> dict[str, None]:
        """Every name that some fact mentions, in the order of the facts."""
        found = dict.fromkeys((*self.required, *self.of_name))
        for selector, _ in (*self.wide, *self.some):
            if isinstance(selector, NameIs):
                found[selector.name] = None
            elif isinstance(selector, OtherNames):
                found.update(dict.fromkeys(sorted(selector.names)))
        return found


def shape_of(facts: Facts, sides: Sides) -> ObjectShape:
    """The facts, sorted."""
    shape = ObjectShape()
    for fact, wanted in facts.items():
        if isinstance(fact, Members):
            _add_members(shape, fact, wanted, writer=sides[fact] == WRITER)
        elif isinstance(fact, Has):
            if wanted:
                shape.required[fact.name] = None
            else:
                shape.absent.add(fact.name)
        else:
            _add(shape, fact, wanted, writer=sides[fact] == WRITER)
    return shape


def _add_members(shape: ObjectShape, fact: Members, wanted: bool, *, writer: bool) -> None:
    demand = Demand(fact.formula, wanted, writer)
    if not wanted:
        shape.some.append((fact.selector, demand))
    elif isinstance(fact.selector, NameIs):
        shape.of_name.setdefault(fact.selector.name, []).append(demand)
    elif not (isinstance(fact.formula, Truth) and fact.formula.value):
        shape.wide.append((fact.selector, demand))


def _add(shape: ObjectShape, fact: Formula, wanted: bool, *, writer: bool) -> None:
    match fact:
        case Names():
            (shape.naming if wanted else shape.misnamed).append(Demand(fact.formula, wanted, writer))
        case MemberCount():
            if not wanted:
                shape.misfits.append((fact.least, fact.most))
            else:
                shape.least = max(shape.least, fact.least)
                if fact.most is not None:
                    shape.most = fact.most if shape.most is None else min(shape.most, fact.most)
        case OneOfValues():
            shape.excluded = max((shape.excluded, *(len(value) for value in fact.values if isinstance(value, Mapping))))
        case _:
            pass


def undeclared(facts: Facts, sides: Sides, named: frozenset[str]) -> set[str]:
    """Names that the reader declares and an open writer does not: under the lenient reading no document uses them."""
    declared: set[str] = set()
    asked = set(named)
    for formula in facts:
        side = sides[formula]
        if isinstance(formula, Has):
            declared |= {formula.name} if side & WRITER else set()
        if not isinstance(formula, Members):
            continue
        selector = formula.selector
        if side & WRITER:
            if isinstance(selector, OtherNames) and not isinstance(formula.formula, Truth):
                return set()
            declared |= {selector.name} if isinstance(selector, NameIs) else set()
        if side & READER and isinstance(selector, NameIs):
            asked.add(selector.name)
    patterns = [f.selector for f in facts if isinstance(f, Members) and sides[f] & WRITER and isinstance(f.selector, NameMatches)]
    return {name for name in asked - declared if not any(covers(pattern, name) is not False for pattern in patterns)}
