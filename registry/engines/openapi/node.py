"""A value in a document together with the place where it stands, read without trusting its shape.

A document that breaks the specification is still compared: whatever has the wrong type reads as absent here, and
`registry.engines.openapi.faults` says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from registry.domain.change import Json
from registry.domain.location import Location, escape


@dataclass(frozen=True, slots=True)
class Node:
    """One value of one file. `pointer` is its JSON pointer from the file's root.

    Documents are made of dict and list, and asking for these is several times faster than asking for Mapping and Sequence.
    """

    file: str
    pointer: str
    value: Json

    @property
    def location(self) -> Location:
        """The place as the domain names it."""
        return Location(self.file, self.pointer)

    def member(self, key: str) -> Node | None:
        """The value under `key`, or None where there is no such key or this is no object."""
        if isinstance(self.value, dict) and key in self.value:
            return Node(self.file, f"{self.pointer}/{escape(key)}", self.value[key])
        return None

    def members(self) -> Iterator[tuple[str, Node]]:
        """Keys and values of an object in their order; nothing for any other value."""
        if isinstance(self.value, dict):
            for key, value in self.value.items():
                yield key, Node(self.file, f"{self.pointer}/{escape(key)}", value)

    def within(self, key: str) -> Iterator[tuple[str, Node]]:
        """Keys and values of the object under `key`."""
        inside = self.member(key)
        return inside.members() if inside else iter(())

    def items(self, key: str) -> Iterator[Node]:
        """The values of the array under `key`, in their order; nothing for any other value."""
        array = self.raw(key)
        if isinstance(array, list):
            for index, value in enumerate(array):
                yield Node(self.file, f"{self.pointer}/{escape(key)}/{index}", value)

    def raw(self, key: str) -> Json:
        """The bare value under `key`, or None."""
        return self.value.get(key) if isinstance(self.value, dict) else None

    def text(self, key: str) -> str | None:
        """The string under `key`, or None."""
        value = self.raw(key)
        return value if isinstance(value, str) else None

    def flag(self, key: str, *, default: bool = False) -> bool:
        """The boolean under `key`, or the default."""
        value = self.raw(key)
        return value if isinstance(value, bool) else default

    @property
    def reference(self) -> str | None:
        """The `$ref` of a reference object."""
        return self.text("$ref")
