"""Where JSON pointers lead in a JSON text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from registry.domain.location import Position
from registry.engines.documents.positions import Wanted

_SPACE = re.compile(r"[ \t\n\r]*")
_decode = json.JSONDecoder().raw_decode


def find_in_json(text: str, root: Wanted) -> dict[Wanted, Position]:
    """The positions of the wanted places that exist in a text that was read before.

    Only what leads to a wanted place is walked; the rest is passed over by the decoder itself, at its speed.
    """
    start = _skip(text, 0)
    offsets = {root: start}
    walks = [(root, start)]
    while walks:
        container, at = walks.pop()
        remaining = dict(container.members)
        for token, shown, value in _members(text, at) if remaining else ():
            place = remaining.pop(token, None)
            if place is not None:
                offsets[place] = shown
                walks.append((place, value))
            if not remaining:
                break
    return _positions(text, offsets)


def _members(text: str, start: int) -> Iterator[tuple[str, int, int]]:
    """(token, offset of the key or item, offset of the value) for each member of the object or array at `start`."""
    is_object = text[start] == "{"
    if not is_object and text[start] != "[":
        return
    at = _skip(text, start + 1)
    index = 0
    while text[at] not in "]}":
        shown = at
        token = str(index)
        if is_object:
            token, at = _decode(text, at)
            at = _skip(text, _skip(text, at) + 1)
        yield token, shown, at
        _, at = _decode(text, at)
        at = _skip(text, at)
        if text[at] == ",":
            at = _skip(text, at + 1)
        index += 1


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _positions(text: str, offsets: dict[Wanted, int]) -> dict[Wanted, Position]:
    """Lines and columns in one pass, from one offset to the next: a minified text is one line of megabytes."""
    found: dict[Wanted, Position] = {}
    line, line_start, before = 1, 0, 0
    for place, offset in sorted(offsets.items(), key=lambda item: item[1]):
        line += text.count("\n", before, offset)
        line_start = max(line_start, text.rfind("\n", before, offset) + 1)
        before = offset
        found[place] = Position(line, offset - line_start + 1)
    return found
