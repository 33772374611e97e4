"""How deep and how numerous a JSON text is, before a recursive parser sees it."""

from __future__ import annotations

import re
from itertools import accumulate

from registry.domain.errors import LimitExceeded
from registry.domain.location import Location
from registry.engines.documents.text import place_at

_KEPT = b'"[]{}'
_OTHERS = bytes(byte for byte in range(256) if byte not in _KEPT)
_STEPS = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{}]', re.DOTALL)
_EMPTY = re.compile(r"\[[ \t\n\r]*\]|\{[ \t\n\r]*\}")
_CHUNK = 1 << 16


def check_depth(name: str, text: str, limit: int) -> None:
    """Raise LimitExceeded, at the bracket, when a text nests deeper than `limit` levels."""
    if _exceeds(_brackets(text.encode()), limit):
        raise LimitExceeded(f"The document nests deeper than {limit} levels.", place_at(name, text, _bracket_at(text, limit)))


def check_nodes(name: str, text: str, limit: int) -> None:
    """Raise LimitExceeded when a text holds more than `limit` values.

    Each comma starts a value, and so does each bracket, unless nothing is in it: counting them inside strings too is cheap and
    can only be too much, so the exact count is for texts that come near the limit.
    """
    if surely_fewer_nodes(text, limit):
        return
    bare = _STRING.sub('""', text)
    nodes = 1 + _commas_and_brackets(bare) - sum(1 for _ in _EMPTY.finditer(bare))
    if nodes > limit:
        raise LimitExceeded(f"The document holds {nodes} values; at most {limit} are read.", Location(name, ""))


def surely_fewer_nodes(text: str, limit: int) -> bool:
    """Whether a text holds fewer values than a limit, as a count of all that could start one tells."""
    return _commas_and_brackets(text) < limit


def _commas_and_brackets(text: str) -> int:
    return text.count(",") + text.count("[") + text.count("{")


def _brackets(data: bytes) -> bytes:
    """The brackets outside strings. Whole-buffer operations only: a token loop would cost more than parsing."""
    if b"\\" in data:
        data = data.replace(b"\\\\", b"").replace(b'\\"', b"")
    # Removing two quotes side by side leaves every other bracket as much inside or outside of strings as it was.
    quoted = data.translate(None, _OTHERS).replace(b'""', b"")
    return b"".join(quoted.split(b'"')[::2])


def _exceeds(brackets: bytes, limit: int) -> bool:
    depth = 0
    for start in range(0, len(brackets), _CHUNK):
        depths = list(accumulate(map(_STEPS.__getitem__, brackets[start : start + _CHUNK]), initial=depth))
        if max(depths) > limit:
            return True
        depth = depths[-1]
    return False


def _bracket_at(text: str, limit: int) -> int:
    """The offset of the bracket that opens one level too many."""
    depth = 0
    for token in _STRING_OR_BRACKET.finditer(text):
        depth += _STEPS.get(ord(text[token.start()]), 0)
        if depth > limit:
            return token.start()
    return 0
