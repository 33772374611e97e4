"""Formulas for "a document that holds this value at that element"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from registry.domain.change import Json
from registry.engines.jsonschema.logic.formula import ARRAY, OBJECT, Formula, Formulas, NameIs, OtherNames

_STEP: Final = re.compile(r"\.[^.\[\]{}]+|\[\]|\{\}")


def holding(formulas: Formulas, path: str, value: Json) -> Iterator[Formula]:
    """Demands on the whole document: the value at the element, or at the place that the element is a member of.

    A finding about a member (`$.lines[].sku` became required) carries a witness for the object around it, so both are tried.
    """
    steps = _STEP.findall(path[1:])
    if "".join(steps) != path[1:]:
        return
    for end in (len(steps), len(steps) - 1):
        if end >= 0:
            yield _demand(formulas, steps[:end], value)


def _demand(formulas: Formulas, steps: list[str], value: Json) -> Formula:
    demand = formulas.one_of_values([value])
    for step in reversed(steps):
        if step == "[]":
            demand = formulas.both((formulas.kind_in(ARRAY), formulas.contains(demand, 1, None)))
        elif step == "{}":
            none = formulas.members(OtherNames(frozenset(), frozenset()), formulas.negation(demand))
            demand = formulas.both((formulas.kind_in(OBJECT), formulas.negation(none)))
        else:
            name = step[1:]
            demand = formulas.both((formulas.kind_in(OBJECT), formulas.has(name), formulas.members(NameIs(name), demand)))
    return demand
