"""Formulas for "a document that holds this value at that element"."""

from __future__ import annotations

import re
from typing import Final

from registry.domain.change import Json
from registry.engines.jsonschema.logic.formula import ARRAY, OBJECT, Formula, Formulas, NameIs, OtherNames

_STEP: Final = re.compile(r"\.[^.\[\]{}]+|\[\]|\{\}")


def holding(formulas: Formulas, path: str, value: Json) -> Formula | None:
    """The demand that the value stands at the element; None for a path with names that cannot be told from its steps."""
    steps: list[str] = _STEP.findall(path[1:])
    if "".join(steps) != path[1:]:
        return None
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
