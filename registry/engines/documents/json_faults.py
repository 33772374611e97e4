"""Finding the place of what a JSON decoder notices without a place. Slow, and only run on texts that are refused."""

from __future__ import annotations

import json
import re

from registry.domain.errors import DuplicateKey, NotText
from registry.domain.location import Location
from registry.engines.documents.text import excerpt, place_at

_STRUCTURE = re.compile(r'"(?:[^"\\]|\\.)*+"(?P<key>[ \t\n\r]*:)?|[\[\]{}]')
_STRING_OR_NUMBER = re.compile(r'"(?:[^"\\]|\\.)*+"|-?(?:NaN|Infinity|[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)')
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u(?P<code>[0-9a-fA-F]{4})|.)", re.DOTALL)


def repeated_key(name: str, text: str) -> DuplicateKey:
    """The error for the first key, in reading order, that its object has already."""
    open_objects: list[set[str]] = []
    for token in _STRUCTURE.finditer(text):
        first = text[token.start()]
        if first in "[{":
            open_objects.append(set())
        elif first in "]}":
            open_objects.pop()
        elif token["key"]:
            key: str = json.loads(token[0][: token.start("key") - token.start()])
            if key in open_objects[-1]:
                return DuplicateKey(f"The key {excerpt(key)} stands twice in one object.", place_at(name, text, token.start()))
            open_objects[-1].add(key)
    raise AssertionError("the decoder saw a repeated key")


def place_of_number(name: str, text: str, literal: str) -> Location:
    """Where a number, or a word in the place of one, first stands outside of strings."""
    for token in _STRING_OR_NUMBER.finditer(text):
        if token[0] == literal:
            return place_at(name, text, token.start())
    raise AssertionError("the decoder saw this literal")


def check_escapes(name: str, text: str) -> None:
    r"""Raise NotText at the first `\u` escape that stands for NUL or for half of a surrogate pair."""
    for escape in _ESCAPE.finditer(text):
        code = int(escape["code"], 16) if escape["code"] else None
        if code == 0:
            raise NotText("The escape \\u0000 stands for a NUL character.", place_at(name, text, escape.start()))
        if code is not None and 0xD800 <= code <= 0xDFFF:
            raise NotText(f"The escape {escape[0]} is a lone surrogate.", place_at(name, text, escape.start()))
