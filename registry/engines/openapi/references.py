"""Following every `$ref` of a contract once, before anything relies on one."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from math import inf
from urllib.parse import unquote

from registry.domain.change import Json
from registry.domain.errors import BadReference
from registry.domain.location import Location, child
from registry.engines.documents.document import Document, locate
from registry.engines.openapi.contract import ApiContract
from registry.engines.openapi.node import Node

_CONTAINERS = (dict, list)

# Whoever resolves a reference walks to the end of its chain, so a chain of all of them would be walked once for each.
_LONGEST_CHAIN = 100

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")

# Below these keys stands data, in which "$ref" is a name like any other.
_DATA = frozenset({"example", "examples", "default", "const", "enum", "value", "dataValue"})

# Below these keys stand names that the author chose, so that none of them has a meaning of its own.
_PATH_NAMES = frozenset({"paths", "webhooks", "callbacks", "pathItems", "parameters", "requestBodies", "responses", "headers"})
_COMPONENT_NAMES = frozenset({"schemas", "securitySchemes", "links", "mediaTypes", "content", "encoding"})
_SCHEMA_NAMES = frozenset({"properties", "patternProperties", "$defs", "definitions", "dependentSchemas"})
_NAMED = _PATH_NAMES | _COMPONENT_NAMES | _SCHEMA_NAMES


def file_of(name: str, reference: str) -> str:
    """The file that a reference written in file `name` leads to, as a path from the contract's folder."""
    path = unquote(reference.partition("#")[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name


def mentioned(document: Document) -> frozenset[str]:
    """Every distinct text under a key `$ref` anywhere in a document, data included. Takes some 5 ns a byte."""
    found: set[str] = set()
    stack: list[Json] = [document.value]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            reference = value.get("$ref")
            if isinstance(reference, str):
                found.add(reference)
            stack.extend([inner for inner in value.values() if isinstance(inner, _CONTAINERS)])
        elif isinstance(value, list):
            stack.extend([inner for inner in value if isinstance(inner, _CONTAINERS)])
    return frozenset(found)


def escapes(name: str, reference: str) -> str | None:
    """Why a reference in file `name` leaves the contract's folder, or None when it stays inside."""
    path = reference.partition("#")[0]
    if _SCHEME.match(path) or path.startswith("//"):
        return f"The reference {reference!r} leads to another host; nothing is ever fetched."
    target = file_of(name, reference)
    if target.startswith(("/", "../")) or target == "..":
        return f"The reference {reference!r} leaves the contract's folder."
    return None


def check(contract: ApiContract, mentions: Mapping[str, frozenset[str]]) -> None:
    """Follow every reference of every document. `mentions` has the texts that `mentioned` found in each.

    Raises BadReference, with its place, for one that leaves the contract, leads nowhere or leads to itself.
    """
    identifiers, chains = _Identifiers(contract), _Chains(contract)
    for name, document in contract.documents.items():
        suspects = {text: reason for text in mentions[name] if (reason := _problem(contract, identifiers, chains, name, text))}
        if suspects:
            refuse(document, suspects)


def refuse(document: Document, suspects: Mapping[str, str]) -> None:
    """Raise BadReference for the first of the suspect texts that is a reference, and not a piece of example data.

    `suspects` maps the text of a reference to what is wrong with it.
    """
    for node in objects(Node(document.name, "", document.value)):
        reason = suspects.get(node.reference or "")
        if reason:
            pointer = child(node.pointer, "$ref")
            raise BadReference(reason, Location(document.name, pointer, locate(document, pointer)))


def objects(root: Node) -> Iterator[Node]:
    """Every object of a document that has words of its own, in document order; example data and maps of names left out."""
    stack: list[tuple[Node, bool]] = [(root, False)]
    while stack:
        node, names = stack.pop()
        if not names and isinstance(node.value, Mapping):
            yield node
        stack.extend(reversed(list(_inside(node, names=names))))


def _inside(node: Node, *, names: bool) -> Iterator[tuple[Node, bool]]:
    if isinstance(node.value, Mapping):
        for key, inner in node.members():
            if names:
                yield inner, False
            elif key not in _DATA and not key.startswith("x-"):
                yield inner, key in _NAMED and isinstance(inner.value, Mapping)
    elif isinstance(node.value, Sequence) and not isinstance(node.value, str):
        for index, value in enumerate(node.value):
            yield Node(node.file, f"{node.pointer}/{index}", value), False


def _problem(contract: ApiContract, identifiers: _Identifiers, chains: _Chains, name: str, reference: str) -> str | None:
    if reference in identifiers:
        return None
    target = contract.target(name, reference)
    if target is None:
        return escapes(name, reference) or f"The reference {reference!r} leads nowhere."
    length = chains.length(target)
    if length == inf:
        return f"The reference {reference!r} leads to itself."
    if length > _LONGEST_CHAIN:
        return f"The reference {reference!r} leads through more than {_LONGEST_CHAIN} others."
    return None


class _Chains:
    """How many references there are from each place to the end of its chain; every place is walked once."""

    def __init__(self, contract: ApiContract) -> None:
        self._contract = contract
        self._lengths: dict[tuple[str, str], float] = {}

    def length(self, node: Node | None) -> float:
        """The length of the chain that starts with a node, infinite for one that leads to itself; a broken one ends there."""
        walked: list[tuple[str, str]] = []
        length = 0.0
        while node is not None and node.reference is not None:
            place = (node.file, node.pointer)
            if place in self._lengths:
                length = self._lengths[place]
                break
            self._lengths[place] = inf  # as long as its end was not found: whoever comes by here before goes in a circle
            walked.append(place)
            node = self._contract.target(node.file, node.reference)
        for place in reversed(walked):
            length += 1
            self._lengths[place] = length
        return length


class _Identifiers:
    """The `$id`s and anchors that schemas of 3.1 and later can be referred to by; collected only when one is asked for."""

    def __init__(self, contract: ApiContract) -> None:
        self._contract = contract
        self._known: frozenset[str] | None = None

    def __contains__(self, reference: str) -> bool:
        path, _, fragment = reference.partition("#")
        plain_pointer = not fragment or fragment.startswith("/")
        if plain_pointer and not _SCHEME.match(path):
            return False
        if self._known is None:
            self._known = frozenset(_identifiers(self._contract))
        return (not path or path in self._known) and (plain_pointer or f"#{fragment}" in self._known)


def _identifiers(contract: ApiContract) -> Iterator[str]:
    for document in contract.documents.values():
        stack: list[Json] = [document.value]
        while stack:
            value = stack.pop()
            if isinstance(value, Mapping):
                yield from (text.rstrip("#") for text in (value.get("$id"), value.get("$self")) if isinstance(text, str))
                yield from (f"#{text}" for text in (value.get("$anchor"), value.get("$dynamicAnchor")) if isinstance(text, str))
                stack.extend(value.values())
            elif isinstance(value, Sequence) and not isinstance(value, str):
                stack.extend(value)
