"""A place in a pact file: its members by name, and an error that names it."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from registry.domain.change import Json
from registry.domain.errors import WrongKind
from registry.domain.location import Location, child
from registry.engines.documents.document import Document, locate


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a document, with the pointer to it. Reading it as something that it is not raises WrongKind at its place."""

    document: Document
    pointer: str
    value: Json

    def get(self, name: str) -> Node | None:
        """A member of an object; None when it is absent or null, which pact files use alike."""
        value = self.object().get(name)
        return None if value is None else Node(self.document, child(self.pointer, name), value)

    def need(self, name: str) -> Node:
        """A member that must be there."""
        member = self.get(name)
        if member is None:
            raise self.refusal(f"is not complete: {name!r} is missing")
        return member

    def object(self) -> Mapping[str, Json]:
        """This as an object."""
        if not isinstance(self.value, Mapping):
            raise self.refusal("must be an object")
        return self.value

    def members(self) -> Iterator[tuple[str, Node]]:
        """The members of an object that are not null."""
        for name in self.object():
            member = self.get(name)
            if member is not None:
                yield name, member

    def items(self) -> Iterator[Node]:
        """The items of a list."""
        if not isinstance(self.value, list):
            raise self.refusal("must be a list")
        for index, item in enumerate(self.value):
            yield Node(self.document, child(self.pointer, index), item)

    def text(self) -> str:
        """This as a string."""
        if not isinstance(self.value, str):
            raise self.refusal("must be a string")
        return self.value

    def base64(self) -> bytes:
        """The bytes that this is in base64."""
        try:
            return base64.b64decode(self.text(), validate=True)
        except (binascii.Error, ValueError):
            raise self.refusal("must be base64") from None

    def refusal(self, problem: str) -> WrongKind:
        """The error for this place; `problem` continues its name."""
        where = self.pointer or "the document"
        location = Location(self.document.name, self.pointer, locate(self.document, self.pointer))
        return WrongKind(f"This is not a pact: {where} {problem}.", location)
