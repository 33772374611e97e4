"""JSON for machines, the same for every command."""

from __future__ import annotations

import json
from typing import Any


def as_json(value: Any) -> str:
    """Indented, in ASCII: documents are quoted in it, and a terminal obeys the control characters that it is sent."""
    return json.dumps(value, indent=2, allow_nan=False)
