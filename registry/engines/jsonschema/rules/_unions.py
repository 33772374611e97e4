"""What the rules about whole unions share."""

from __future__ import annotations

from registry.domain.location import Location
from registry.engines.jsonschema.pair import Said, Seen
from registry.engines.jsonschema.view import Union


def whole_union_seen(message: str, old: Location, new: Location, union: Union) -> Seen:
    """A finding about one union as a whole."""
    words = (union.keyword,)
    return Seen(message, old, new, keywords=words, said=(Said(union.schema, words),))


def place_of(union: Union) -> Location:
    """Where its branches stand."""
    return union.schema.at(union.keyword)
