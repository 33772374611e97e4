"""Where declarations stand in the sources, and what is written beside them.

Read from the compiler's source info, file by file and only for files in which a place is asked for: a large file has a hundred
thousand places. What the compiler does not record, the keyword before a default and the members of an option literal, is found in
the text, where that is known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from google.protobuf.descriptor_pb2 import SourceCodeInfo

from registry.domain.location import Location, Position
from registry.engines.protobuf.elements import Element, Field, File, Message, SourcePath
from registry.engines.protobuf.text import Text

_DEFAULT = (7,)
_HEAD_OF_FILE: tuple[SourcePath, ...] = ((12,), (14,), (2,))
_KEYWORD = re.compile(rb"\bdefault\s*=\s*\Z")
_LONGEST_GAP = 1_000

Range: TypeAlias = tuple[Position, Position]
"""From the first character to after the last."""


@dataclass(frozen=True, eq=False)
class _FilePlaces:
    """The places of one file by source path, and its text where it is known."""

    file: File
    text: Text | None

    @cached_property
    def by_path(self) -> Mapping[SourcePath, SourceCodeInfo.Location]:
        # Reversed, so that the first of several places with one path is kept: an option's name stands before its parts.
        return {tuple(place.path): place for place in reversed(self.file.proto.source_code_info.location)}

    def range(self, place: SourceCodeInfo.Location) -> Range:
        if self.text is None:
            line, column, *end = place.span
            return Position(line + 1, column + 1), Position((end[0] if len(end) > 1 else line) + 1, end[-1] + 1)
        start, end = self.bounds(self.text, place)
        return self.text.position(start), self.text.position(end)

    def map_type(self, field: SourceCodeInfo.Location) -> Range:
        """`map<KEY, VALUE>` at the beginning of a map field: the compiler records no place for it."""
        if self.text is None:
            return self.range(field)
        start, end = self.bounds(self.text, field)
        closed = self.text.data.find(b">", start, end) + 1
        return self.text.position(start), self.text.position(closed or end)

    def member(self, text: Text, literal: SourceCodeInfo.Location, language: str, name: str) -> Range | None:
        """Where a member of an option literal is set, inside a language's own literal if it has one."""
        start, end = self.bounds(text, literal)
        pattern = rb"\b%s\b\s*:\s*\w+" % name.encode()
        if language:
            pattern = rb"%s\b[^{]*\{[^}]*?%s" % (re.escape(language).encode(), pattern)
        found = re.search(pattern, text.data[start:end])
        if found is None:
            return None
        return text.position(start + found.start() + found[0].rindex(name.encode())), text.position(start + found.end())

    def bounds(self, text: Text, place: SourceCodeInfo.Location) -> tuple[int, int]:
        last_line = place.span[2] if len(place.span) > 3 else place.span[0]
        return text.offset(place.span[0], place.span[1]), text.offset(last_line, place.span[-1])


@dataclass(frozen=True, slots=True)
class SourceText:
    """The places of every file. `sources` are the texts, where they are known."""

    sources: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    files: dict[str, _FilePlaces] = field(default_factory=dict[str, _FilePlaces])

    def locate(self, element: Element, *options: SourcePath) -> Location:
        """The first of the paths below an element that is written, else the element itself."""
        return self._location(element, (*options, ()))

    def locate_exactly(self, element: Element, *options: SourcePath) -> Location:
        """The first of the paths below an element that is written; without a position when none is."""
        return self._location(element, options)

    def locate_default(self, element: Field) -> Location:
        """Where `default = VALUE` begins, of which the compiler records the value; the field where none is written."""
        places = self._of(element.file)
        value = places.by_path.get((*element.path, *_DEFAULT))
        if value is None or places.text is None:
            return self.locate(element, _DEFAULT)
        start, end = places.bounds(places.text, value)
        first = max(0, start - _LONGEST_GAP)
        keyword = _KEYWORD.search(places.text.data[first:start])
        return _at(element, (places.text.position(first + keyword.start() if keyword else start), places.text.position(end)))

    def locate_feature(self, element: Element, path: SourcePath, name: str, language: str = "") -> Location:
        """Where a feature is set on an element, alone or as a member of an option literal; else the element.

        For the feature of one language, `pb.java`, a literal that sets only others is the place: buf's choice.
        """
        places = self._of(element.file)
        written = places.by_path.get((*element.path, *path))
        if written is not None:
            return _at(element, places.range(written))
        for length in range(len(path) - 1, 1, -1):
            literal = places.by_path.get((*element.path, *path[:length]))
            if literal is not None and places.text is not None:
                outside = language if len(path) - length > 1 else ""
                member = places.member(places.text, literal, outside, name)
                if member is not None or language:
                    return _at(element, member or places.range(literal))
        return self.locate(element)

    def comments(self, element: Element) -> str:
        """The comments before and after a declaration, markers removed; of a file, those at its syntax and package lines."""
        places = self._of(element.file).by_path
        written = [place for path in _commented(element) if (place := places.get(path)) is not None]
        return "\n".join(part for place in written for part in (place.leading_comments, place.trailing_comments) if part)

    def _location(self, element: Element, options: tuple[SourcePath, ...]) -> Location:
        places = self._of(element.file)
        for option in options:
            place = places.by_path.get((*element.path, *option))
            if place is not None:
                return _at(element, places.range(place))
            of_map = _of_map_entry(element, places.by_path)
            if of_map is not None:
                return _at(element, places.map_type(of_map))
        return Location(element.file.name, element.full_name)

    def _of(self, file: File) -> _FilePlaces:
        places = self.files.get(file.name)
        if places is None:
            data = self.sources.get(file.name)
            places = self.files[file.name] = _FilePlaces(file, None if data is None else Text(data))
        return places


def _commented(element: Element) -> tuple[SourcePath, ...]:
    return _HEAD_OF_FILE if isinstance(element, File) else (element.path,)


def _at(element: Element, where: Range) -> Location:
    return Location(element.file.name, element.full_name, *where)


def _of_map_entry(element: Element, places: Mapping[SourcePath, SourceCodeInfo.Location]) -> SourceCodeInfo.Location | None:
    """The map field that an entry was made for: the entry itself is not written anywhere."""
    entry = element if isinstance(element, Message) else getattr(element, "scope", None)
    if not isinstance(entry, Message) or not entry.is_map_entry or entry.parent is None:
        return None
    return next((places.get(item.path) for item in entry.parent.fields.values() if item.type_name == entry.full_name), None)
