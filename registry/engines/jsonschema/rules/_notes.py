"""What the rules about annotations share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from registry.engines.jsonschema.library import Schema
from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._shared import ANNOTATION, places, spelt
from registry.engines.jsonschema.values import same_value
from registry.engines.jsonschema.view import SchemaView


def note_added(pair: SchemaPair, keyword: str) -> Iterator[Seen]:
    """An annotation that was not there."""
    old, new = pair.old.note(keyword), pair.new.note(keyword)
    if old is None and new is not None:
        yield Seen(f"The `{keyword}` {spelt(new.value)} was added.", *places(pair, old, new), witness=ANNOTATION)


def note_removed(pair: SchemaPair, keyword: str) -> Iterator[Seen]:
    """An annotation that is not there any more."""
    old, new = pair.old.note(keyword), pair.new.note(keyword)
    if new is None and old is not None:
        yield Seen(f"The `{keyword}` {spelt(old.value)} was removed.", *places(pair, old, new), witness=ANNOTATION)


def note_changed(pair: SchemaPair, keyword: str) -> Iterator[Seen]:
    """An annotation with another value."""
    old, new = pair.old.note(keyword), pair.new.note(keyword)
    if old is not None and new is not None and not same_value(old.value, new.value):
        message = f"The `{keyword}` changed from {spelt(old.value)} to {spelt(new.value)}."
        yield Seen(message, *places(pair, old, new), witness=ANNOTATION)


def flag_set(pair: SchemaPair, keyword: str) -> Iterator[Seen]:
    """A flag that is true now and was not, here or on a property that for this reason is not carried any more."""
    yield from _turned(pair.old, pair.new, keyword, f"It is `{keyword}` now.", on=True)
    for name, hidden in _left_out(pair.new, keyword):
        for carried in pair.old.properties.get(name, ())[:1]:
            yield from _turned(
                SchemaView(carried), SchemaView(hidden), keyword, f"It is `{keyword}` now.", on=True, member=f".{name}"
            )


def flag_unset(pair: SchemaPair, keyword: str) -> Iterator[Seen]:
    """A flag that was true and is not any more, here or on a property that for this reason was not carried."""
    message = f"It is not `{keyword}` any more."
    yield from _turned(pair.old, pair.new, keyword, message, on=False)
    for name, hidden in _left_out(pair.old, keyword):
        for carried in pair.new.properties.get(name, ())[:1]:
            yield from _turned(SchemaView(hidden), SchemaView(carried), keyword, message, on=False, member=f".{name}")


def _turned(old: SchemaView, new: SchemaView, keyword: str, message: str, *, on: bool, member: str = "") -> Iterator[Seen]:
    before, after = old.note(keyword), new.note(keyword)
    was, is_now = (fact is not None and fact.value is True for fact in (before, after))
    if (was, is_now) == (not on, on):
        sites = (before.location if before else old.location, after.location if after else new.location)
        yield Seen(message, *sites, member=member, witness=ANNOTATION)


def _left_out(view: SchemaView, keyword: str) -> Iterable[tuple[str, Schema]]:
    """The properties that do not exist in the projection because of the flag: no pair below has them on this side."""
    return view.hidden.items() if view.schema.library.projection.value == keyword else ()
