"""Bytes into text: the checks that hold for every notation, and where an offset stands."""

from __future__ import annotations

import json
from codecs import BOM_UTF8

from registry.domain.errors import LimitExceeded, Malformed, NotText
from registry.domain.location import Location, Position
from registry.engines.documents.limits import Limits

_EXCERPT = 60


def decode(name: str, data: bytes, limits: Limits) -> str:
    """The text of one file. A byte order mark at its start is dropped.

    Raises LimitExceeded for too many bytes, NotText for what is not UTF-8 or holds NUL, Malformed for an empty file.
    """
    if len(data) > limits.bytes:
        raise LimitExceeded(f"The file has {len(data)} bytes; at most {limits.bytes} are read.", Location(name, ""))
    body = data.removeprefix(BOM_UTF8)
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        before = body[: error.start].decode()
        problem = f"Byte 0x{body[error.start]:02x} is not UTF-8 ({error.reason})."
        raise NotText(problem, place_at(name, before, len(before))) from None
    nul = text.find("\0")
    if nul >= 0:
        raise NotText("The text contains a NUL character.", place_at(name, text, nul))
    if not text or text.isspace():
        raise Malformed("The file is empty.", Location(name, "", Position(1, 1)))
    return text


def position_at(text: str, offset: int) -> Position:
    """Line and column of a character, both counted from 1."""
    return Position(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def place_at(name: str, text: str, offset: int) -> Location:
    """The place of a character in a file."""
    return Location(name, "", position_at(text, offset))


def excerpt(text: str) -> str:
    """A text quoted for a message, shortened: what is wrong may be megabytes long."""
    return json.dumps(text if len(text) <= _EXCERPT else f"{text[:_EXCERPT]}...")
