"""Two revisions of a contract side by side, and the walks over what both declare.

Elements are matched by full name, fields and enum values by number, extensions by extended message and number, files by path:
what a consumer's generated code and what the wire know them by.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Generic, TypeAlias, TypeVar

from registry.domain.change import NoWitness, WireWitness, Witness
from registry.domain.policy import Allowance
from registry.engines.protobuf.custom_options import CustomOptions
from registry.engines.protobuf.descriptors import Descriptors
from registry.engines.protobuf.elements import Element, Enum, EnumValue, Field, File, Message, Method, Service
from registry.engines.protobuf.index import Index
from registry.engines.protobuf.sameness import Sameness, Whole
from registry.engines.protobuf.witness import wire_witness

Side_co = TypeVar("Side_co", bound="Element | tuple[EnumValue, ...]", covariant=True)
Named = TypeVar("Named")
Replacement: TypeAlias = tuple[str, str]
"""Full names: a type of the old revision, and the one of the new that took its place."""


@dataclass(frozen=True, eq=False)
class Revisions:
    """The old and the new contract.

    `to_the_letter` compares as buf does: imports and the entries of maps count as declarations of their own, a deleted parent does
    not speak for its children, and no deletion is forgiven that is not in `allow`. `today` decides whether a sunset has passed.
    `replacements` are compared beside the types that have one name on both sides.
    """

    old: Descriptors
    new: Descriptors
    today: date
    to_the_letter: bool = False
    allow: frozenset[Allowance] = frozenset()
    replacements: Set[Replacement] = frozenset()

    @property
    def honours_sunsets(self) -> bool:
        """Whether a deletion passes that was announced; the house's own gate always lets it."""
        return not self.to_the_letter or Allowance.SUNSET_DELETIONS in self.allow

    @cached_property
    def before(self) -> Index:
        """What the old revision declares."""
        return self.old.everything if self.to_the_letter else self.old.contract

    @cached_property
    def after(self) -> Index:
        """What the new revision declares."""
        return self.new.everything if self.to_the_letter else self.new.contract

    @property
    def options_before(self) -> CustomOptions:
        """The custom options of the old revision."""
        return self.old.options

    @property
    def options_after(self) -> CustomOptions:
        """The custom options of the new revision."""
        return self.new.options

    @cached_property
    def fields(self) -> tuple[Pair[Field], ...]:
        """The fields of both sides that may differ, kept because a dozen rules walk over them."""
        found: list[Pair[Field]] = []
        for name, old in self.before.messages.items():
            new = self.after.messages.get(name)
            if new is None or (old is new and not self._sameness.other_enums):
                continue
            found += [Pair(self, old.fields[number], new.fields[number]) for number in self._sameness.fields_to_ask(old, new)]
        for old, new in self._replaced(self.before.messages, self.after.messages):
            found += [Pair(self, *both) for both in in_both(old.fields, new.fields)]
        found += [Pair(self, old, new) for old, new in in_both(self.before.extensions, self.after.extensions)]
        return tuple(found)

    @cached_property
    def files(self) -> tuple[Pair[File], ...]:
        """The files of both sides that differ, be it in a comment."""
        both = in_both(self.before.files, self.after.files)
        return tuple(Pair(self, old, new) for old, new in both if old is not new and old.proto != new.proto)

    @cached_property
    def messages(self) -> tuple[Pair[Message], ...]:
        """The messages of both sides that differ."""
        return self._differing(self.before.messages, self.after.messages)

    @cached_property
    def enums(self) -> tuple[Pair[Enum], ...]:
        """The enums of both sides that differ."""
        return self._differing(self.before.enums, self.after.enums)

    @cached_property
    def services(self) -> tuple[Pair[Service], ...]:
        """The services of both sides that differ."""
        return self._differing(self.before.services, self.after.services)

    @cached_property
    def with_other_options(self) -> tuple[Pair[Element], ...]:
        """The declarations of both sides whose options differ, kept because every rule about custom options looks at them."""
        return tuple(pair for pair in _declared(self) if pair.old.proto.options != pair.new.proto.options)

    @cached_property
    def _sameness(self) -> Sameness:
        return Sameness(self.before, self.after)

    def _differing(self, before: Mapping[str, Whole], after: Mapping[str, Whole]) -> tuple[Pair[Whole], ...]:
        found = [both for both in in_both(before, after) if not self._sameness.same(*both)]
        return tuple(Pair(self, *both) for both in (*found, *self._replaced(before, after)))

    def _replaced(self, before: Mapping[str, Whole], after: Mapping[str, Whole]) -> Iterator[tuple[Whole, Whole]]:
        return ((before[old], after[new]) for old, new in sorted(self.replacements) if old in before and new in after)

    def same_type(self, old: str, new: str) -> bool:
        """Whether two full names stand for one type: the same, or one that took the other's place."""
        return old == new or (old, new) in self.replacements

    def successors(self, gone: Message | Enum) -> tuple[str, ...]:
        """Full names of what a type became, where that may be followed: its own when it only moved to another file."""
        if Allowance.FOLLOWED_RENAMES not in self.allow:
            return ()
        if gone.full_name in self.after.messages or gone.full_name in self.after.enums:
            return (gone.full_name,)
        return tuple(sorted(new for old, new in self.replacements if old == gone.full_name))

    def value_witness(self, value: EnumValue) -> Witness:
        """Bytes that hold a value of the old revision, in the first message that uses its enum."""
        for message in self.before.messages.values():
            for field in message.fields.values():
                if field.type_name == value.enum.full_name and not message.is_map_entry:
                    return wire_witness(self.old, self.new, field, value.number)
        return NoWitness("no message uses the enum")

    def witness(self, old: Field, new: Field | None = None, *, read_as: str | None = None) -> Witness:
        """Bytes that tell the two revisions apart at a field: what the old one writes, else what the new one does.

        `read_as` is the full name that the new revision has for the message of a field that is gone, where it is another one.
        """
        found = wire_witness(self.old, self.new, old, read_as=new.message_name if new else read_as)
        if new is None or isinstance(found, WireWitness):
            return found
        back = wire_witness(self.new, self.old, new, read_as=old.message_name)
        if not isinstance(back, WireWitness):
            return found
        return replace(back, written=f"by the new contract: {back.written}", read=f"by the old contract: {back.read}")


@dataclass(frozen=True, slots=True, eq=False)
class Pair(Generic[Side_co]):
    """One element in both revisions."""

    revisions: Revisions
    old: Side_co
    new: Side_co


def each_contract(revisions: Revisions) -> Iterator[Revisions]:
    """The contract as a whole, for rules that look across files."""
    yield revisions


def each_file(revisions: Revisions) -> Iterator[Pair[File]]:
    """Files that differ, by path."""
    yield from revisions.files


def each_message(revisions: Revisions) -> Iterator[Pair[Message]]:
    """Messages that differ, by full name."""
    yield from revisions.messages


def each_field(revisions: Revisions) -> Iterator[Pair[Field]]:
    """Fields that may differ, by message and number, then extensions."""
    yield from revisions.fields


def each_enum(revisions: Revisions) -> Iterator[Pair[Enum]]:
    """Enums that differ, by full name."""
    yield from revisions.enums


def each_enum_number(revisions: Revisions) -> Iterator[Pair[tuple[EnumValue, ...]]]:
    """The values under one number of an enum that differs, aliases together."""
    for pair in each_enum(revisions):
        for old, new in in_both(pair.old.by_number(), pair.new.by_number()):
            yield Pair(revisions, old, new)


def each_service(revisions: Revisions) -> Iterator[Pair[Service]]:
    """Services that differ, by full name."""
    yield from revisions.services


def each_method(revisions: Revisions) -> Iterator[Pair[Method]]:
    """Methods of services that differ, by service and name."""
    for pair in each_service(revisions):
        for old, new in in_both(pair.old.methods, pair.new.methods):
            yield Pair(revisions, old, new)


def _declared(revisions: Revisions) -> Iterator[Pair[Element]]:
    yield from each_file(revisions)
    for pair in each_message(revisions):
        yield pair
        oneofs = ({item.name: item for item in side.oneofs} for side in (pair.old, pair.new))
        yield from (Pair(revisions, old, new) for old, new in in_both(*oneofs))
    yield from each_field(revisions)
    yield from each_enum(revisions)
    for values in each_enum_number(revisions):
        yield Pair(revisions, values.old[0], values.new[0])
    yield from each_service(revisions)
    yield from each_method(revisions)


Key = TypeVar("Key")


def in_both(old: Mapping[Key, Named], new: Mapping[Key, Named]) -> Iterator[tuple[Named, Named]]:
    """What both sides declare under one key."""
    for key, item in old.items():
        other = new.get(key)
        if other is not None:
            yield item, other


def only_in(left: Mapping[Key, Named], right: Mapping[Key, Named]) -> Iterator[Named]:
    """What one side declares and the other does not."""
    for key, item in left.items():
        if key not in right:
            yield item
