"""Patterns of contracts, run on a linear-time engine; what that engine does not know stays undecided."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

import re2  # pyright: ignore[reportMissingTypeStubs]

# The package publishes no types; everything that crosses this line is checked here.
_RE2: Final[Any] = re2
_QUIET: Final[Any] = _RE2.Options()
_QUIET.log_errors = False
_QUIET.max_mem = 8 << 20
_LONGEST: Final = 10_000
_MOST_EFFORT: Final = 1_000_000_000
_UNICODE_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})")
_CONTROL_ESCAPE: Final = re.compile(r"\\c([A-Za-z])")


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> Any:
    """The pattern for RE2, or None when RE2 does not know it. ECMA-262 spells two escapes otherwise; they are rewritten."""
    text = _UNICODE_ESCAPE.sub(r"\\x{\1}", pattern)
    text = _CONTROL_ESCAPE.sub(lambda match: f"\\x{{{ord(match[1].upper()) - 64:x}}}", text)
    try:
        return _RE2.compile(text, _QUIET)
    except _RE2.error:
        return None


def searches(pattern: str, text: str) -> bool | None:
    """Whether the pattern matches somewhere in the text; None when the linear-time engine cannot run it soon enough."""
    engine = _compiled(pattern) if len(pattern) <= _LONGEST else None
    if engine is None or effort(pattern, text) > _MOST_EFFORT:
        return None
    try:
        return engine.search(text) is not None
    except UnicodeEncodeError:
        return None


def effort(pattern: str, text: str) -> int:
    """How much a search can cost at most, in steps of the engine: the size of its program times the length of the text."""
    engine = _compiled(pattern) if len(pattern) <= _LONGEST else None
    return 0 if engine is None else engine.programsize * len(text)
