"""What the rules about annotations share."""

from __future__ import annotations

from collections.abc import Iterator

from registry.engines.jsonschema.pair import SchemaPair, Seen
from registry.engines.jsonschema.rules._shared import ANNOTATION, places, spelt
from registry.engines.jsonschema.values import same_value


def note_added(pair: SchemaPair, keyword: str) -> Iterator[Seen]:
    """An annotation that was not there."""
    old, new = pair.old.note(keyword), pair.new.note(keyword)
    if old is None and new is not None:
        yield Seen(f"{keyword} {spelt(new.value)} was added", *places(pair, old, new), witness=ANNOTATION)


def note_removed(pair: SchemaPair, keyword: str) -> Iterator[Seen]:
    """An annotation that is not there any more."""
    old, new = pair.old.note(keyword), pair.new.note(keyword)
    if new is None and old is not None:
        yield Seen(f"{keyword} {spelt(old.value)} was removed", *places(pair, old, new), witness=ANNOTATION)


def note_changed(pair: SchemaPair, keyword: str) -> Iterator[Seen]:
    """An annotation with another value."""
    old, new = pair.old.note(keyword), pair.new.note(keyword)
    if old is not None and new is not None and not same_value(old.value, new.value):
        message = f"{keyword} changed from {spelt(old.value)} to {spelt(new.value)}"
        yield Seen(message, *places(pair, old, new), witness=ANNOTATION)


def flag_set(pair: SchemaPair, keyword: str) -> Iterator[Seen]:
    """A flag that is true now and was not."""
    old, new = pair.old.note(keyword), pair.new.note(keyword)
    if new is not None and new.value is True and not (old is not None and old.value is True):
        yield Seen(f"{keyword} now", *places(pair, old, new), witness=ANNOTATION)


def flag_unset(pair: SchemaPair, keyword: str) -> Iterator[Seen]:
    """A flag that was true and is not any more."""
    old, new = pair.old.note(keyword), pair.new.note(keyword)
    if old is not None and old.value is True and not (new is not None and new.value is True):
        yield Seen(f"not {keyword} any more", *places(pair, old, new), witness=ANNOTATION)
