"""What a schema rule looks at, and what it sees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from registry.domain.location import Location
from registry.engines.jsonschema.library import Schema
from registry.engines.jsonschema.view import SchemaView
from registry.engines.rulebook.rule import Finding, Rule


@dataclass(frozen=True, slots=True)
class SchemaPair:
    """Two schemas at one place, before and after, and the moment at which sunsets are judged."""

    old: SchemaView
    new: SchemaView
    as_of: datetime

    @property
    def places(self) -> tuple[Location, Location]:
        """Where the two schemas stand."""
        return self.old.location, self.new.location

    @property
    def common(self) -> Mapping[str, tuple[tuple[Schema, ...], tuple[Schema, ...]]]:
        """The properties that both declare."""
        old, new = self.old.properties, self.new.properties
        return {name: (old[name], new[name]) for name in old if name in new}


@dataclass(frozen=True, slots=True)
class Seen(Finding):
    """What a check saw at a pair of schemas.

    `keywords` are the words of the reading schema that would refuse a document because of this change, and no other; inclusion is
    asked about them alone, so that a witness shows this change. `names` narrows the object words down to some properties.
    `member` is the way from the pair to the element that changed: `.sku`, `[]`, or nothing.
    """

    keywords: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    member: str = ""


SchemaRule: TypeAlias = Rule[SchemaPair]
