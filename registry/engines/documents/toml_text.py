"""TOML text into values, with the bounds that Python's reader lacks: it recurses once a level, and takes the third power of a
dotted key's parts in time."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from registry.domain.errors import LimitExceeded, Malformed
from registry.domain.location import Location, Position
from registry.engines.documents.limits import Limits
from registry.engines.documents.text import decode, place_at

# Strings and comments are matched first, so that what stands in them does not count.
_TOKEN = re.compile(
    r'#[^\n]*|"""(?:[^\\]|\\.)*?"""|\'\'\'.*?\'\'\'|"(?:[^"\\\n]|\\.)*+"?|\'[^\'\n]*+\'?'
    r"|(?P<open>[\[{])|(?P<close>[\]}])|(?P<dot>\.)|(?P<end>[\n,=])",
    re.DOTALL,
)
_PLACE = re.compile(r"(?P<problem>.*) \(at line (?P<line>\d+), column (?P<column>\d+)\)", re.DOTALL)


def read_toml(name: str, data: bytes, limits: Limits) -> dict[str, Any]:
    """The table of a TOML 1.0 file. Dates and times, nan and infinities come as Python has them: the caller says what it takes.

    Raises NotText, Malformed or LimitExceeded, with their places.
    """
    text = decode(name, data, limits)
    _check_nesting(name, text, limits.depth)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _PLACE.fullmatch(str(error))
        if found is None:
            raise Malformed(f"This is not TOML: {error}.", Location(name, "")) from None
        position = Position(int(found["line"]), int(found["column"]))
        raise Malformed(f"This is not TOML: {found['problem']}.", Location(name, "", position)) from None
    except ValueError:  # the interpreter's guard against quadratic time
        raise LimitExceeded("A number has more digits than are read.", Location(name, "")) from None


def _check_nesting(name: str, text: str, limit: int) -> None:
    """Raise LimitExceeded, at the place, for brackets or parts of a dotted key that nest deeper than `limit` levels."""
    depth = dots = 0
    for token in _TOKEN.finditer(text):
        match token.lastgroup:
            case "open":
                depth += 1
            case "close":
                depth, dots = max(depth - 1, 0), 0
            case "dot":
                dots += 1
            case "end":
                dots = 0
            case _:
                pass
        if depth > limit or dots > limit:
            raise LimitExceeded(f"The file nests deeper than {limit} levels.", place_at(name, text, token.start()))
