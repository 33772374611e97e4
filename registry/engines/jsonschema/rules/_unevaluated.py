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


def left_overs(pair: SchemaPair, word: str) -> tuple[Schema | None, Schema | None] | None:
    """What both sides say about what is left over; None where neither side uses the word."""
    return (left_over(pair.old, word), left_over(pair.new, word)) if word in pair.words else None


def closed_seen(pair: SchemaPair, word: str, what: str) -> Iterator[Seen]:
    """`what` is left over was admitted, and is refused now."""
    sides = left_overs(pair, word)
    if sides and refused(sides[1]) and not refused(sides[0]):
        yield left_over_seen(pair, word, f"{what} that nothing else describes are refused now.")


def opened_seen(pair: SchemaPair, word: str, what: str) -> Iterator[Seen]:
    """`what` is left over was refused, and is admitted now."""
    sides = left_overs(pair, word)
    if sides and refused(sides[0]) and not refused(sides[1]):
        yield left_over_seen(pair, word, f"{what} that nothing else describes are admitted now.")


def narrowed_seen(pair: SchemaPair, word: str, what: str) -> Iterator[Seen]:
    """`what` is left over must fit a schema now, or is more than before."""
    sides = left_overs(pair, word)
    if sides is None:
        return
    old, new = sides
    if free(old) and not free(new) and not refused(new):
        yield left_over_seen(pair, word, f"{what} that nothing else describes must fit a schema now.")
    yield from otherwise_seen(pair, word, f"More {what.lower()} fall under `{word}` than before.")


def widened_seen(pair: SchemaPair, word: str, what: str) -> Iterator[Seen]:
    """`what` is left over may be anything now, or is less than before."""
    sides = left_overs(pair, word)
    if sides is None:
        return
    old, new = sides
    if free(new) and not free(old) and not refused(old):
        yield left_over_seen(pair, word, f"{what} that nothing else describes may be anything now.")
    yield from otherwise_seen(pair, word, f"Fewer {what.lower()} fall under `{word}` than before.")


def otherwise_seen(pair: SchemaPair, word: str, message: str) -> Iterator[Seen]:
    """A finding where other words evaluate less, or more, than before."""
    if covers_otherwise(pair, word):
        yield left_over_seen(pair, word, message, supposed=True)
