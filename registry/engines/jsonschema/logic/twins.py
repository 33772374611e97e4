"""Schemas that say the same in two libraries at the same place, so that what both share becomes one formula."""

from __future__ import annotations

from registry.domain.errors import BadReference
from registry.domain.location import Location
from registry.engines.jsonschema.library import Library, Schema
from registry.engines.jsonschema.sameness import Sameness


class Twins:
    """Stands the schemas of one library in for those of another. Schemas that moved keep formulas of their own."""

    def __init__(self, sameness: Sameness | None = None) -> None:
        self._sameness = sameness or Sameness()
        self._partners: dict[Library, Library] = {}

    def introduce(self, one: Library, other: Library) -> None:
        """From now on, schemas of the second library are known by their twins in the first."""
        if one is not other and one not in self._partners:
            self._partners[other] = one

    def of(self, schema: Schema) -> Schema:
        """The schema at the same place of the partner library if it says the same, else the schema itself."""
        partner = self._partners.get(schema.library)
        if partner is None:
            return schema
        file = partner.entry if schema.file == schema.library.entry else schema.file
        try:
            twin = partner.at(Location(file, schema.pointer))
            return twin if self._sameness.same(twin, schema) else schema
        except BadReference:
            return schema
