"""Every place of the object model: an object, and the side of the conversation on which it stands.

Places are found by walking from the document over the fields of every object. Most fields lead to the same side; those that do not
are listed here, and are what polarity is made of.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from tests.edit_space.published import REFERENCE, ROOT, objects

PARAMETERS = ("path parameter", "query parameter", "querystring parameter", "header parameter", "cookie parameter")
WITH_MEDIA_TYPE = " with a media type"
EVERYWHERE_ALIKE = frozenset({REFERENCE, "externaldocumentation", "example", "xml"})
"""Objects that mean the same wherever they stand: one place of each is looked at."""

_PARTS = {
    ("operation", "requestBody"): ("request",),
    ("operation", "responses"): ("response",),
    ("operation", "parameters"): PARAMETERS,
    ("pathitem", "parameters"): PARAMETERS,
    ("response", "headers"): ("response header",),
    ("mediatype", "itemSchema"): ("{part} item",),
    ("parameter", "content"): (f"{{part}}{WITH_MEDIA_TYPE}",),
    ("header", "content"): (f"{{part}}{WITH_MEDIA_TYPE}",),
    ("encoding", "headers"): ("{part} part header",),
}
"""Fields below which another part of the message stands, and which."""

_SIDES = {(ROOT, "webhooks"): "webhook", ("operation", "callbacks"): "callback"}
"""Fields below which the server sends the request and the client answers."""

_OF_BODIES = frozenset({"encoding", "prefixEncoding", "itemEncoding", "itemSchema"})
"""Fields of a media type that are about forms and sequences, which no parameter or header is."""


@dataclass(frozen=True, order=True)
class Where:
    """On whose side, and in which part of the message: `Where("callback", "request")`; both empty outside of any operation."""

    side: str = ""
    part: str = ""

    def __str__(self) -> str:
        return f"{self.part} of a {self.side}" if self.part and self.side else self.part or self.side or "document"

    @property
    def written_by_clients(self) -> bool:
        """Whether clients send what stands here, so that a reader is on the side of the server."""
        return ("response" not in self.part) != bool(self.side)


ANYWHERE = Where(part="any place")


@dataclass(frozen=True)
class Step:
    """From an object through one of its fields to the next."""

    owner: str
    field: str
    target: str


@dataclass(frozen=True)
class Place:
    """One object at one side, and the shortest way to it from the document."""

    object: str
    where: Where
    steps: tuple[Step, ...]


@cache
def places(version: str) -> Mapping[tuple[str, Where], Place]:
    """Every place of a version. Webhooks and callbacks are entered once: a callback of a callback is not walked again."""
    model = objects(version)
    found: dict[tuple[str, Where], Place] = {}
    alike: set[str] = set()
    waiting = deque([Place(ROOT, Where(), ())])
    while waiting:
        place = waiting.popleft()
        if (place.object, place.where) in found or place.object in alike:
            continue
        found[place.object, place.where] = place
        alike |= {place.object} & EVERYWHERE_ALIKE
        for field in model[place.object].values():
            for target in field.targets:
                if (target == REFERENCE and field.name != "parameters") or (target in EVERYWHERE_ALIKE and place.where.side):
                    continue
                steps = (*place.steps, Step(place.object, field.name, target))
                waiting.extend(Place(target, where, steps) for where in _below(place.where, place.object, field.name))
    return found


def _below(where: Where, owner: str, field: str) -> tuple[Where, ...]:
    """The sides below a field; none where what stands there has no meaning or is looked at elsewhere."""
    if owner == "components" and field != "securitySchemes":  # parts are compared where they are referred to
        return ()
    if field == "additionalOperations":  # the same objects as below every other method
        return ()
    if (owner, field) == ("link", "body"):  # a slip of the schema published for 3.1: the specification says `server`
        return ()
    if owner == "mediatype" and WITH_MEDIA_TYPE in where.part and field in _OF_BODIES:
        return ()
    if owner == "encoding" and field in _OF_BODIES:  # a part of a part, as in the media type around it
        return ()
    if (owner, field) in _SIDES:
        return () if where.side else (replace(where, side=_SIDES[owner, field], part=""),)
    parts = _PARTS.get((owner, field), ("{part}",))
    return tuple(replace(where, part=part.format(part=where.part)) for part in parts)
