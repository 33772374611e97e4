"""What the rules about members of objects and lists, and about unions, share."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from registry.domain.location import Location
from registry.engines.jsonschema.library import Schema
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.sunset import sunset_of
from registry.engines.jsonschema.view import SchemaView

MEMBERS: Final = ("properties", "patternProperties", "additionalProperties", "unevaluatedProperties")
"""The words that decide together what a property of some name may hold."""


def required_seen(name: str, message: str, *, old: Location, new: Location) -> Seen:
    """A finding about a name that joined or left the required ones."""
    return Seen(message, old, new, keywords=("required",), names=(name,), member=f".{name}")


def may_go(view: SchemaView, as_of: datetime) -> bool:
    """Whether a property was deprecated with a sunset that has passed."""
    deprecated, sunset = view.note("deprecated"), view.note("x-sunset")
    moment = sunset_of(sunset.value) if sunset else None
    return deprecated is not None and deprecated.value is True and moment is not None and moment <= as_of


def sunset_words(view: SchemaView, as_of: datetime) -> str:
    """The sunset as the end of a message."""
    sunset = view.note("x-sunset")
    moment = sunset_of(sunset.value) if sunset else None
    if sunset is None or moment is None:
        return ""
    return f" (sunset {sunset.value}, {'passed' if moment <= as_of else 'not reached'})"


def rest(view: SchemaView, keyword: str) -> Schema | None:
    """The schema under a keyword that holds one: `additionalProperties`, `items`, `not`."""
    found = view.subschemas.get((keyword, ""))
    return found[0].followed() if found else None


def unlimited(schema: Schema | None) -> bool:
    """Whether a schema is absent, `true` or empty."""
    return schema is None or schema.admits_all


def rest_seen(pair: SchemaPair, message: str, old: Schema | None, new: Schema | None) -> Seen:
    """A finding about undeclared properties."""
    return Seen(message, *_places(pair, old, new), keywords=("additionalProperties",), member="{}")


def items_seen(pair: SchemaPair, message: str, old: Schema | None, new: Schema | None) -> Seen:
    """A finding about the items of a list."""
    return Seen(message, *_places(pair, old, new), keywords=("items", "prefixItems", "additionalItems"), member="[]")


def positions(view: SchemaView) -> list[Schema]:
    """The schemas of the leading positions of a list."""
    return [schemas[0] for (keyword, _), schemas in view.subschemas.items() if keyword == "prefixItems"]


def tuple_seen(message: str, old: Location, new: Location) -> Seen:
    """A finding about a leading position of a list."""
    return Seen(message, old, new, keywords=("items", "prefixItems", "additionalItems"), member="[]")


def union_seen(message: str, old: Location, new: Location) -> Seen:
    """A finding about a branch of a union."""
    return Seen(message, old, new, keywords=("anyOf", "oneOf"))


def _places(pair: SchemaPair, old: Schema | None, new: Schema | None) -> tuple[Location, Location]:
    return (old.location if old else pair.old.location, new.location if new else pair.new.location)
