"""Commit hashes and digests as people read them."""

from __future__ import annotations

import re

_HASH = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


def abbreviated(identifier: str) -> str:
    """The first twelve characters of a SHA-1 or SHA-256; anything else, such as a tag, as it is."""
    return identifier[:12] if _HASH.fullmatch(identifier) else identifier
