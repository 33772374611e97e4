"""Text that is safe to send to a terminal."""

from __future__ import annotations


def plain(text: str) -> str:
    """The text with control characters spelled out: messages quote documents, and a terminal obeys what it is sent."""
    return "".join(char if char.isprintable() or char == "\n" else repr(char)[1:-1] for char in text)
