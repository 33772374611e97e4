"""The declarations whose custom options differ, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from registry.domain.location import Location
from registry.engines.protobuf.custom_options import Options
from registry.engines.protobuf.elements import Element
from registry.engines.protobuf.pairs import Revisions, each_message, only_in


@dataclass(frozen=True, slots=True, eq=False)
class OptionPair:
    """One declaration in both revisions, and what its custom options say. `old` is None for a field that is new in its message."""

    revisions: Revisions
    old: Element | None
    new: Element
    before: Options
    after: Options

    def places(self, option: str) -> tuple[Location | None, Location]:
        """Where an option stands on both sides, else the declaration."""
        before, after = self.revisions.options_before, self.revisions.options_after
        old = None if self.old is None else self.revisions.old.text.locate(self.old, before.path(self.old, option))
        return old, self.revisions.new.text.locate(self.new, after.path(self.new, option))

    @property
    def name(self) -> str:
        """What the declaration is called in a message."""
        return self.new.full_name or self.new.file.name


def each_option(revisions: Revisions) -> Iterator[OptionPair]:
    """The declarations of both sides whose custom options differ."""
    for pair in revisions.with_other_options:
        before, after = revisions.options_before.of(pair.old), revisions.options_after.of(pair.new)
        if before != after:
            yield OptionPair(revisions, pair.old, pair.new, before, after)


def each_new_field(revisions: Revisions) -> Iterator[OptionPair]:
    """The fields that are new in a message that was there, and have custom options."""
    for pair in each_message(revisions):
        for added in only_in(pair.new.fields, pair.old.fields):
            if after := revisions.options_after.of(added):
                yield OptionPair(revisions, None, added, {}, after)
