"""How much text the JSON pointers of a document are, taken together, before anybody writes them out."""

from __future__ import annotations

from registry.domain.change import Json
from registry.domain.errors import LimitExceeded
from registry.domain.location import Location

_CONTAINERS = (dict, list)


def check_paths(name: str, value: Json, limit: int) -> None:
    """Raise LimitExceeded when the pointers to all values of a document have more than `limit` characters together.

    Whoever walks a document names its places. A key of a megabyte above a hundred thousand values is a small file, and a hundred
    gigabytes of pointers. Array positions count as one character, and escapes as what they stand for.
    """
    total = 0
    stack: list[tuple[Json, int]] = [(value, 0)]
    while stack:
        container, length = stack.pop()
        if isinstance(container, dict):
            total += len(container) * (length + 1) + sum(map(len, container))
            stack.extend([(inner, length + 1 + len(key)) for key, inner in container.items() if isinstance(inner, _CONTAINERS)])
        elif isinstance(container, list):
            total += len(container) * (length + 2)
            stack.extend([(inner, length + 2) for inner in container if isinstance(inner, _CONTAINERS)])
        if total > limit:
            problem = f"The document's keys are too long for how much stands below them: more than {limit} characters of pointers."
            raise LimitExceeded(problem, Location(name, ""))
