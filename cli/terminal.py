"""Text that is safe to send to a terminal."""

from __future__ import annotations


def plain(text: str) -> str:
    """The text with control characters, line ends among them, spelled out: messages quote documents, and terminals obey."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)
