"""The part of a long witness that shows what changed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from registry.domain.change import Json

_STEP = re.compile(r"\.(?P<name>[^.\[{]+)|\[\]|\{\}")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A value inside of a document, and the way to it, such as `$.lines[0].price`."""

    path: str
    value: Json


def excerpt(document: Json, element: str) -> Excerpt:
    """What holds the property that an element names, as far down as the document goes.

    The property itself may be what is missing, so its holder is shown, not its value. The whole document for an element without a
    path (`$`).
    """
    _, _, path = element.partition("$")
    found = Excerpt("$", document)
    steps = list(_STEP.finditer(path))
    for step in steps[:-1]:
        inner = _inside(found, step["name"])
        if inner is None:
            break
        found = inner
    return found


def _inside(found: Excerpt, name: str | None) -> Excerpt | None:
    value = found.value
    if isinstance(value, Mapping):
        key = name if name is not None else next(iter(value), None)
        return Excerpt(f"{found.path}.{key}", value[key]) if key is not None and key in value else None
    if isinstance(value, Sequence) and not isinstance(value, str) and name is None and value:
        return Excerpt(f"{found.path}[0]", value[0])
    return None
