"""Where declarations stand in the sources, and what is written beside them.

Read from the compiler's source info, file by file and only for files in which a place is asked for: a large file has a hundred
thousand places.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from google.protobuf.descriptor_pb2 import SourceCodeInfo

from registry.domain.location import Location, Position
from registry.engines.protobuf.elements import Element, Field, File, Message, SourcePath

_DEFAULT = (7,)
_KEYWORD = re.compile(rb"\bdefault\s*=\s*$")


@dataclass(frozen=True, slots=True)
class SourceText:
    """A cache of the places of each file, by source path. `sources` are the texts, where they are known."""

    sources: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    files: dict[int, Mapping[SourcePath, SourceCodeInfo.Location]] = field(
        default_factory=dict[int, Mapping[SourcePath, SourceCodeInfo.Location]]
    )

    def locate(self, element: Element, *options: SourcePath) -> Location:
        """The first of the paths below an element that is written, else the element itself."""
        return self._location(element, (*options, ()))

    def locate_exactly(self, element: Element, *options: SourcePath) -> Location:
        """The first of the paths below an element that is written; without a position when none is."""
        return self._location(element, options)

    def locate_default(self, element: Field) -> Location:
        """Where `default = VALUE` begins; the field where none is written.

        The compiler's place is the value's; the keyword is found in the text before it, where the text is known.
        """
        place = self.locate(element, _DEFAULT)
        value = self._of(element.file).get((*element.path, *_DEFAULT))
        text = self.sources.get(element.file.name)
        if value is None or text is None or place.position is None:
            return place
        lines = text.split(b"\n")[: place.position.line]
        lines[-1] = lines[-1].decode(errors="replace").expandtabs(8)[: value.span[1]].encode()
        match = _KEYWORD.search(b"\n".join(lines))
        if match is None:
            return place
        before = match.string[: match.start()]
        return place.at(Position(before.count(b"\n") + 1, match.start() - before.rfind(b"\n")))

    def comments(self, element: Element) -> str:
        """The comments before and after a declaration, markers removed; empty without source info."""
        place = self._of(element.file).get(element.path)
        return "\n".join(part for part in (place.leading_comments, place.trailing_comments) if part) if place else ""

    def _location(self, element: Element, options: tuple[SourcePath, ...]) -> Location:
        places = self._of(element.file)
        for option in options:
            place = places.get((*element.path, *option)) or _of_map_entry(element, places)
            if place is not None:
                return Location(element.file.name, element.full_name, Position(place.span[0] + 1, place.span[1] + 1))
        return Location(element.file.name, element.full_name)

    def _of(self, file: File) -> Mapping[SourcePath, SourceCodeInfo.Location]:
        places = self.files.get(id(file))
        if places is None:
            # Reversed, so that the first of several places with one path is kept: an option's name stands before its parts.
            places = {tuple(place.path): place for place in reversed(file.proto.source_code_info.location)}
            self.files[id(file)] = places
        return places


def _of_map_entry(element: Element, places: Mapping[SourcePath, SourceCodeInfo.Location]) -> SourceCodeInfo.Location | None:
    """The map field that an entry was made for: the entry itself is not written anywhere."""
    entry = element if isinstance(element, Message) else getattr(element, "scope", None)
    if not isinstance(entry, Message) or not entry.is_map_entry or entry.parent is None:
        return None
    for item in entry.parent.fields.values():
        if item.type_name == entry.full_name:
            return places.get(item.path)
    return None
