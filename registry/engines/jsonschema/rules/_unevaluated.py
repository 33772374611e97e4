"""What the rules about `unevaluatedProperties` and `unevaluatedItems` share."""

from __future__ import annotations

from collections.abc import Iterator

from registry.engines.jsonschema.library import Schema
from registry.engines.jsonschema.pair import Said, SchemaPair, Seen
from registry.engines.jsonschema.rules._patterns import patterns
from registry.engines.jsonschema.statements import stating
from registry.engines.jsonschema.view import SchemaView

_MEMBER = {"unevaluatedProperties": "{}", "unevaluatedItems": "[]"}


def left_over(view: SchemaView, word: str) -> Schema | None:
    """The schema of what no other word has evaluated."""
    return next((schema.sub((word,)).followed() for schema in stating(view, word)), None)


def refused(schema: Schema | None) -> bool:
    """Whether what is left over is forbidden."""
    return schema is not None and schema.refuses_all


def free(schema: Schema | None) -> bool:
    """Whether nothing is said about what is left over."""
    return schema is None or schema.admits_all


def covers_otherwise(pair: SchemaPair, word: str) -> bool:
    """Whether both sides demand the same of what is left over, and it is something else that is left over.

    A property, or a pattern of some, that was declared or taken out says so itself.
    """
    old, new = left_over(pair.old, word), left_over(pair.new, word)
    if old is None or new is None or free(old) or not pair.same(old, new):
        return False
    return word == "unevaluatedItems" or _described(pair.old) == _described(pair.new)


def _described(view: SchemaView) -> tuple[frozenset[str], frozenset[str]]:
    """The names and patterns of properties that say so themselves when they come or go."""
    return view.declared, frozenset(patterns(view))


def left_over_seen(pair: SchemaPair, word: str, message: str, *, supposed: bool = False) -> Seen:
    """A finding about what no other word has evaluated."""
    before, after = stating(pair.old, word), stating(pair.new, word)
    old = before[0].at(word) if before else pair.old.location
    new = after[0].at(word) if after else pair.new.location
    said = tuple(Said(schema, (word,)) for schema in (*before, *after))
    return Seen(message, old, new, keywords=(word,), member=_MEMBER[word], supposed=supposed, said=said)


def otherwise_seen(pair: SchemaPair, word: str, message: str) -> Iterator[Seen]:
    """A finding where other words evaluate less, or more, than before."""
    if covers_otherwise(pair, word):
        yield left_over_seen(pair, word, message, supposed=True)
