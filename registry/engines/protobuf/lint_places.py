"""Which declaration stands at a place of a source file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from registry.domain.location import Location, Position
from registry.engines.protobuf.descriptors import Descriptors
from registry.engines.protobuf.elements import Element


class ElementPlaces:
    """The declarations of a contract by place, file by file as they are asked for."""

    def __init__(self, descriptors: Descriptors) -> None:
        self._descriptors = descriptors
        self._imported_as = {path: name for name, path in descriptors.layout.paths.items()}
        self._files: dict[str, list[Location]] = {}

    def at(self, file: str, position: Position) -> str:
        """The full name of the innermost declaration around a place of a file in the contract's folder; "" outside of all."""
        places = self._places(file)
        last = bisect_right(places, position, key=_start)
        around = (place for place in reversed(places[:last]) if place.end is not None and position < place.end)
        return next((place.path for place in around), "")

    def _places(self, file: str) -> list[Location]:
        if file not in self._files:
            elements = self._elements(self._imported_as.get(file, file))
            found = (self._descriptors.text.locate_exactly(element, ()) for element in elements)
            self._files[file] = sorted((place for place in found if place.position is not None), key=_start)
        return self._files[file]

    def _elements(self, file: str) -> Iterator[Element]:
        contents = self._descriptors.contract.by_file.get(file)
        if contents is None:
            return
        for message in contents.messages.values():
            if not message.is_map_entry:
                yield message
                yield from message.fields.values()
                yield from message.oneofs
        for enum in contents.enums.values():
            yield enum
            yield from enum.values
        for service in contents.services.values():
            yield service
            yield from service.methods.values()
        yield from contents.extensions.values()


def _start(place: Location) -> Position:
    return place.position or Position(0, 0)
