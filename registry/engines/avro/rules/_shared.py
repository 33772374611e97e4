"""Severities that rules share, and facts as words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from registry.domain.change import Json
from registry.domain.verdict import Direction, Severity
from registry.engines.avro.pair import Probe
from registry.engines.avro.schema import Concrete, Enum, Field, Fixed, Record
from registry.engines.rulebook.rule import by_direction

NARROWS: Final[Mapping[Direction, Severity]] = by_direction(backward=Severity.BREAKING, forward=Severity.SAFE)
WIDENS: Final[Mapping[Direction, Severity]] = by_direction(backward=Severity.SAFE, forward=Severity.BREAKING)
CHANGES: Final[Mapping[Direction, Severity]] = by_direction(backward=Severity.BREAKING, forward=Severity.BREAKING)
RISKS: Final[Mapping[Direction, Severity]] = by_direction(backward=Severity.RISKY, forward=Severity.RISKY)
NOTED: Final[Mapping[Direction, Severity]] = by_direction(backward=Severity.SAFE, forward=Severity.SAFE)

ANY_RECORD: Final = Probe()
"""Every record that reaches the place shows the change."""

_LONGEST: Final = 60


def holding(value: Any) -> Probe:
    """A record that holds a certain value at the place."""
    return Probe(value=value, has_value=True)


def spelt(value: Json) -> str:
    """A value as it stands in a message: JSON, cut when long."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def default_words(field: Field) -> str:
    """How a message tells of a field's default."""
    return "without a default" if field.default is None else f"with the default {spelt(field.default.value)}"


def both_named(old: Concrete, new: Concrete) -> tuple[Record | Enum | Fixed, Record | Enum | Fixed] | None:
    """Two named types of one kind; None for anything else."""
    if isinstance(old, Record | Enum | Fixed) and isinstance(new, Record | Enum | Fixed) and old.kind == new.kind:
        return old, new
    return None
