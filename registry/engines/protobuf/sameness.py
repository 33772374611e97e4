"""Which declarations are the same in two revisions, so that no rule has to look at them.

Two revisions of a large contract differ in a few declarations; comparing two descriptors whole costs a hundredth of asking every
rule about their parts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from registry.engines.protobuf.elements import Enum, Field, File, Message, Service, enclosing
from registry.engines.protobuf.index import Index

Whole = TypeVar("Whole", Message, Enum, Service)


@dataclass(frozen=True, eq=False)
class Sameness:
    """The declarations of two revisions, by what they say and by what is said around them."""

    before: Index
    after: Index
    files: dict[tuple[str, str], bool] = field(default_factory=dict[tuple[str, str], bool])

    def same(self, old: Whole, new: Whole) -> bool:
        """Whether a declaration means the same: its own words, its file's syntax and options, and the options around it."""
        if old is new:  # of a file that both revisions share
            return True
        if old.proto != new.proto or not self._same_file(old.file, new.file):
            return False
        if not old.file.has_editions:  # only features are inherited
            return True
        around = zip(_options_around(old), _options_around(new), strict=False)
        return all(left == right for left, right in around)

    def fields_to_ask(self, old: Message, new: Message) -> list[int]:
        """The numbers of both messages' fields that may differ: of equal messages, those of an enum that differs."""
        if not self.same(old, new):
            both = [number for number in old.fields if number in new.fields]
            if not self._same_frame(old, new):
                return both
            return [number for number in both if self._may_differ(old.fields[number], new.fields[number])]
        if old.mentions.isdisjoint(self.other_enums):
            return []
        return [number for number, item in old.fields.items() if item.type_name in self.other_enums]

    @cached_property
    def other_enums(self) -> frozenset[str]:
        """The full names of the enums that differ, or that one revision alone declares."""
        before, after = self.before.enums, self.after.enums
        both = before.keys() & after.keys()
        return frozenset(before.keys() ^ after.keys()) | {name for name in both if not self.same(before[name], after[name])}

    def _same_frame(self, old: Message, new: Message) -> bool:
        """Whether what messages say beside their fields makes no field another one."""
        if not self._same_file(old.file, new.file) or list(old.proto.oneof_decl) != list(new.proto.oneof_decl):
            return False
        if not old.file.has_editions:
            return True
        return old.proto.options == new.proto.options and _options_around(old) == _options_around(new)

    def _may_differ(self, old: Field, new: Field) -> bool:
        """A type inside the message may be the entry of a map, which the field does not say."""
        inside = old.type_name.startswith(f"{old.message_name}.")
        return inside or old.type_name in self.other_enums or old.proto != new.proto

    def _same_file(self, old: File, new: File) -> bool:
        key = old.name, new.name
        known = self.files.get(key)
        if known is None:
            same_language = (old.proto.syntax, old.edition) == (new.proto.syntax, new.edition)
            known = self.files[key] = same_language and old.proto.options == new.proto.options
        return known


def _options_around(element: Message | Enum | Service) -> list[object]:
    return [holder.proto.options for holder in list(enclosing(element))[1:] if not isinstance(holder, (File, Field))]
