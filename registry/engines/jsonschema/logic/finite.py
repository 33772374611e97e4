"""Formulas that leave only a few values, which are then simply tried."""

from __future__ import annotations

from typing import Final

from registry.domain.change import Json
from registry.engines.jsonschema.logic.formula import BOOLEAN, NULL, Both, Either, Formula, KindIn, Named, OneOfValues

_FEW: Final[dict[int, list[Json]]] = {NULL: [None], BOOLEAN: [True, False], NULL | BOOLEAN: [True, False, None]}


def finite_values(formula: Formula, depth: int = 3) -> list[Json] | None:
    """The complete list of values that a formula can leave, when its shape shows one."""
    match formula:
        case OneOfValues():
            return list(formula.values)
        case Both():
            lists = [values for part in formula.parts if (values := finite_values(part, depth)) is not None]
            return min(lists, key=len, default=None)
        case Either():
            found: list[Json] = []
            for part in formula.parts:
                values = finite_values(part, depth)
                if values is None:
                    return None
                found.extend(values)
            return found
        case KindIn():
            return _FEW.get(formula.mask)
        case Named():
            return finite_values(formula.unfold(), depth - 1) if depth else None
        case _:
            return None
