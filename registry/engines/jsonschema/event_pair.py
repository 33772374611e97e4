"""What a rule about a whole event looks at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from registry.engines.jsonschema.library import Schema
from registry.engines.rulebook.rule import Rule


@dataclass(frozen=True, slots=True)
class EventPair:
    """The schemas that whole events are checked against, before and after."""

    old: Schema
    new: Schema


EventRule: TypeAlias = Rule[EventPair]
