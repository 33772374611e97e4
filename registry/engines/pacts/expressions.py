"""Path expressions of matching rules: `$.lines[*].price['amount']`."""

from __future__ import annotations

import re
from enum import Enum
from typing import TypeAlias


class Wildcard(Enum):
    """A step to every member of an object (`.*`) or every item of a list (`[*]`)."""

    MEMBER = ".*"
    ITEM = "[*]"


Step: TypeAlias = str | int | Wildcard
"""A member by name, an item by index, or all of them."""

_STEP = re.compile(
    r"""(?P<member>\.\*)|(?P<item>\[\*\])|\.(?P<name>[^.\[\]]+)|\[(?P<index>\d{1,9})\]"""
    r"""|\['(?P<single>(?:[^'\\]|\\.)*+)'\]|\["(?P<double>(?:[^"\\]|\\.)*+)"\]"""
)


def steps_of(expression: str) -> tuple[Step, ...] | None:
    """The steps from the root `$`, or None when this is no path expression (Pact specification 3, "Matchers")."""
    if not expression.startswith("$"):
        return None
    steps: list[Step] = []
    at = 1
    while at < len(expression):
        match = _STEP.match(expression, at)
        if match is None:
            return None
        steps.append(_step(match))
        at = match.end()
    return tuple(steps)


def _step(match: re.Match[str]) -> Step:
    if match["member"]:
        return Wildcard.MEMBER
    if match["item"]:
        return Wildcard.ITEM
    if match["index"]:
        return int(match["index"])
    if match["name"]:
        return match["name"]
    return re.sub(r"\\(.)", r"\1", match["single"] or match["double"] or "")
