"""JSON text into values by a compiled reader, wherever its answer is beyond doubt.

jiter refuses duplicate keys and lone surrogates, keeps integers exact and bounds nesting; it takes half the time of the
interpreter's own decoder with a hook for each object, and needs no pass before it that bounds nesting (docs/decisions/0007).
"""

from __future__ import annotations

from typing import Any, Final

import jiter
import re2  # pyright: ignore[reportMissingTypeStubs]

from registry.domain.change import Json
from registry.engines.documents.json_limits import surely_fewer_nodes
from registry.engines.documents.limits import Limits

_LEVELS: Final = 200
"""How deep jiter reads what stands in one list: it refuses what nests deeper, so that a smaller limit needs the exact reader."""
_RE2: Final[Any] = re2
_DOUBTFUL: Final = _RE2.compile(
    # NUL as an escape; numbers that may be beyond a 64-bit float, of which jiter makes infinities.
    rb"\\u0000|[0-9]{200}|(?:\A|[\s:,\[])-?[0-9]+(?:\.[0-9]+)?[eE]\+?[0-9]{3,}(?:[\s,\]}]|\z)"
)


def read_quickly(text: str, limits: Limits) -> list[Json]:
    """The value of a JSON text as the one item of a list; an empty list for a text that has to be read exactly to be judged."""
    data = text.encode()
    if limits.depth < _LEVELS or not surely_fewer_nodes(text, limits.nodes) or _DOUBTFUL.search(data):
        return []
    try:
        # The list around the text is one level: jiter lets an empty object or list be one deeper than everything else.
        values: list[Json] = jiter.from_json(b"[%b]" % data, allow_inf_nan=False, catch_duplicate_keys=True, cache_mode="keys")
    except ValueError:
        return []
    return values if len(values) == 1 else []
