"""What a schema rule looks at, and what it sees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TypeAlias

from registry.domain.change import Json
from registry.domain.location import Location
from registry.engines.jsonschema.children import MatchedUnion, matched_unions
from registry.engines.jsonschema.library import Schema
from registry.engines.jsonschema.sameness import Sameness
from registry.engines.jsonschema.statements import Statements, conditions, contains
from registry.engines.jsonschema.view import SchemaView
from registry.engines.rulebook.rule import Finding, Rule


@dataclass(frozen=True)
class SchemaPair:
    """Two schemas at one place, before and after, and the moment at which sunsets are judged.

    `minimum_notice` has the days for which an element of a stability level has to be deprecated before its sunset.
    """

    old: SchemaView
    new: SchemaView
    as_of: datetime
    sameness: Sameness
    minimum_notice: Mapping[str, int] = field(default_factory=dict[str, int])

    @property
    def places(self) -> tuple[Location, Location]:
        """Where the two schemas stand."""
        return self.old.location, self.new.location

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word that stands on either side; rules about rare words look here first."""
        return frozenset(word for view in (self.old, self.new) for part in view.parts for word in part.schema.body)

    @cached_property
    def conditions(self) -> Statements:
        """The conditions of both sides, those that differ."""
        return conditions(self.old, self.new, self.sameness)

    @cached_property
    def contains(self) -> Statements:
        """The demands on some items of both sides, those that differ."""
        return contains(self.old, self.new, self.sameness)

    @cached_property
    def unions(self) -> tuple[MatchedUnion, ...]:
        """The unions of both sides with their branches matched."""
        return tuple(matched_unions(self.old, self.new, self.sameness))

    def same(self, old: Schema, new: Schema) -> bool:
        """Whether a schema of the old side and one of the new side say the same."""
        return self.sameness.same(old, new)


@dataclass(frozen=True, slots=True)
class Said:
    """What some words of one schema say; the schema may be cut down to a part of what stands under the words."""

    schema: Schema
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seen(Finding):
    """What a check saw at a pair of schemas.

    `keywords` are the words of the reading schema that would refuse a document because of this change, and no other; inclusion is
    asked about them alone, so that a witness shows this change. `names` narrows the object words down to some properties.
    `member` is the way from the pair to the element that changed: `.sku`, `[]`, or nothing. `value` is the one value that the
    change is about, when `about_value`. `supposed` marks what only inclusion can tell to have happened: not when proved harmless.
    `said` says more closely than `keywords` what changed: a reading schema is asked about what is its own there, and nothing else.
    """

    keywords: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    member: str = ""
    value: Json = None
    about_value: bool = False
    supposed: bool = False
    said: tuple[Said, ...] = ()


SchemaRule: TypeAlias = Rule[SchemaPair]
