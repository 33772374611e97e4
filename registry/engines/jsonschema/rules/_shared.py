"""The two sides of a language rule, and facts as words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from registry.domain.change import Json, NoWitness
from registry.domain.location import Location
from registry.domain.verdict import Direction, Severity
from registry.engines.jsonschema.pair import SchemaPair
from registry.engines.jsonschema.view import Fact
from registry.engines.rulebook.rule import by_direction

NARROWS: Final[Mapping[Direction, Severity]] = by_direction(backward=Severity.BREAKING, forward=Severity.SAFE)
WIDENS: Final[Mapping[Direction, Severity]] = by_direction(backward=Severity.SAFE, forward=Severity.BREAKING)
CHANGES: Final[Mapping[Direction, Severity]] = by_direction(backward=Severity.BREAKING, forward=Severity.BREAKING)
RISKS: Final[Mapping[Direction, Severity]] = by_direction(backward=Severity.RISKY, forward=Severity.RISKY)
NOTED: Final[Mapping[Direction, Severity]] = by_direction(backward=Severity.SAFE, forward=Severity.SAFE)
ANNOTATION: Final = NoWitness("an annotation: validators do not check it, so no document shows the difference")

_LONGEST: Final = 60


def spelt(value: Json) -> str:
    """A value as it stands in a message: JSON, cut when long."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def places(pair: SchemaPair, old: Fact | None, new: Fact | None) -> tuple[Location, Location]:
    """Where a keyword stood and stands; the schema itself on a side that does not state it."""
    return (old.location if old else pair.old.location, new.location if new else pair.new.location)
