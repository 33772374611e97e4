"""Where something stands in an Avro schema, written out only when somebody asks."""

from __future__ import annotations

from dataclasses import dataclass

from registry.domain.location import Location, child


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A place in a file: a chain of reference tokens, so that a schema costs no pointer text until one is printed."""

    file: str
    above: Place | None = None
    token: str | int = ""

    def at(self, *tokens: str | int) -> Place:
        """A place further inside."""
        place = self
        for token in tokens:
            place = Place(self.file, place, token)
        return place

    @property
    def location(self) -> Location:
        """The place with its JSON pointer."""
        tokens: list[str | int] = []
        place = self
        while place.above is not None:
            tokens.append(place.token)
            place = place.above
        return Location(self.file, child("", *reversed(tokens)))


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """The way to a part of a record (`$.lines[].sku`), as a chain too."""

    above: Way | None
    text: str

    def __str__(self) -> str:
        texts: list[str] = []
        way = self
        while way.above is not None:
            texts.append(way.text)
            way = way.above
        return "".join((way.text, *reversed(texts)))
