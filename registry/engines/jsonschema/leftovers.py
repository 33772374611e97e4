"""Changed words that no rule of their own explains; the general rules ask inclusion about each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from registry.domain.location import Location
from registry.engines.jsonschema.pair import SchemaPair
from registry.engines.jsonschema.statements import stating
from registry.engines.jsonschema.view import SchemaView

_WORDS: Final = ("$dynamicRef", "$recursiveRef")
"""References that only their use resolves; their targets are compared where they stand."""


def unexplained(pair: SchemaPair) -> Iterator[tuple[str, Location, Location]]:
    """Each word that differs and that no rule of its own looks at, with its places."""
    for word in _WORDS:
        if word in pair.words and _stated(pair.old, word) != _stated(pair.new, word):
            yield word, _place(pair.old, word), _place(pair.new, word)


def _stated(view: SchemaView, word: str) -> list[str]:
    return [str(schema.body[word]) for schema in stating(view, word)]


def _place(view: SchemaView, word: str) -> Location:
    return next((schema.at(word) for schema in stating(view, word)), view.location)
