"""Bytes into text: the checks that hold for every notation, and where an offset stands."""

from __future__ import annotations

from registry.domain.errors import LimitExceeded, Malformed, NotText
from registry.domain.location import Location, Position
from registry.engines.documents.limits import Limits


def decode(name: str, data: bytes, limits: Limits) -> str:
    """The text of one file. A byte order mark at its start is dropped.

    Raises LimitExceeded for too many bytes, NotText for what is not UTF-8 or holds NUL, Malformed for an empty file.
    """
    if len(data) > limits.bytes:
        raise LimitExceeded(f"The file has {len(data)} bytes; at most {limits.bytes} are read.", Location(name, ""))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # decode() counts from behind a byte order mark, so the valid part is measured in the bytes that it was given.
        before = error.object[: error.start].decode("utf-8")
        place = place_at(name, before, len(before))
        raise NotText(f"Byte 0x{error.object[error.start]:02x} is not UTF-8 ({error.reason}).", place) from None
    nul = text.find("\0")
    if nul >= 0:
        raise NotText("The text contains a NUL character.", place_at(name, text, nul))
    if not text.strip():
        raise Malformed("The file is empty.", Location(name, "", Position(1, 1)))
    return text


def position_at(text: str, offset: int) -> Position:
    """Line and column of a character, both counted from 1."""
    return Position(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def place_at(name: str, text: str, offset: int) -> Location:
    """The place of a character in a file."""
    return Location(name, "", position_at(text, offset))
