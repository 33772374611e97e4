"""An OpenAPI contract that was read: its documents, and where a reference inside them leads."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from registry.domain.change import Json
from registry.domain.errors import BadReference
from registry.domain.location import Location, child, tokens
from registry.engines.documents.document import Document
from registry.engines.openapi.node import Node


@dataclass(frozen=True, slots=True, eq=False)
class ApiContract:
    """The files of a contract that its entry document reaches. `version` is the text of `openapi`, such as `3.1.0`.

    `addresses` maps what documents call themselves to their files (`$self`, OpenAPI 3.2, section 4.1).
    """

    documents: Mapping[str, Document]
    entry: str
    version: str
    addresses: Mapping[str, str]

    @property
    def root(self) -> Node:
        """The entry document as a whole."""
        return Node(self.entry, "", self.documents[self.entry].value)

    def resolve(self, node: Node) -> Node:
        """What a node stands for: the end of its chain of references, or the node itself.

        Raises BadReference for a chain that `parse` could not see, such as one that begins in example data.
        """
        seen: set[tuple[str, str]] = set()
        while (reference := node.reference) is not None:
            if (node.file, node.pointer) in seen:
                raise BadReference(f"The reference {reference!r} leads to itself.", node.location)
            seen.add((node.file, node.pointer))
            target = self.target(node.file, reference)
            if target is None:
                raise BadReference(f"The reference {reference!r} leads nowhere.", Location(node.file, child(node.pointer, "$ref")))
            node = target
        return node

    def target(self, file: str, reference: str) -> Node | None:
        """The node that a reference written in `file` names by JSON pointer, or None where there is none."""
        path, _, fragment = reference.partition("#")
        name = self.addresses.get(path) if path else file
        if name is None:
            name = posixpath.normpath(posixpath.join(posixpath.dirname(file), unquote(path)))
        document = self.documents.get(name)
        pointer = unquote(fragment)
        if document is None or (pointer and not pointer.startswith("/")):
            return None
        return descend(Node(name, "", document.value), pointer)


def descend(root: Node, pointer: str) -> Node | None:
    """The node at a JSON pointer below the root of a document (RFC 6901), or None."""
    value: Json = root.value
    for token in tokens(pointer):
        if isinstance(value, Mapping) and token in value:
            value = value[token]
        elif isinstance(value, Sequence) and not isinstance(value, str) and token.isdecimal() and int(token) < len(value):
            value = value[int(token)]
        else:
            return None
    return Node(root.file, pointer, value)
