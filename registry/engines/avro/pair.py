"""What an Avro rule looks at: two types that resolution brings together, and what of them finds no partner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias, TypeVar

from registry.domain.location import Location
from registry.domain.verdict import Direction
from registry.engines.avro.matching import branches, selected, writer_field
from registry.engines.avro.schema import Array, Concrete, Field, Map, Primitive, Record, Schema, Union
from registry.engines.rulebook.rule import Finding, Rule

Side = TypeVar("Side")


@dataclass(frozen=True, slots=True, eq=False)
class Sides:
    """Whose data is read by whom. Backward, the new schema reads what the old one wrote; forward, the other way round."""

    direction: Direction
    reader: Schema
    writer: Schema

    def ordered(self, reader: Side, writer: Side) -> tuple[Side, Side]:
        """(old, new) of something on the reader's side and something on the writer's."""
        return (writer, reader) if self.direction is Direction.BACKWARD else (reader, writer)

    def of_old_and_new(self, old: Side, new: Side) -> tuple[Side, Side]:
        """(reader, writer) of something before the change and something after it."""
        return (new, old) if self.direction is Direction.BACKWARD else (old, new)


@dataclass(frozen=True, slots=True, eq=False)
class FieldMatch:
    """A reader's field and the writer's field that it is filled from."""

    reader: Field
    writer: Field


@dataclass(frozen=True, slots=True, eq=False)
class Fields:
    """The fields of two records, matched.

    `missing` are the reader's that the writer does not have, `ignored` the writer's that the reader does not have. `renamed` are
    the reader's whose new name says, by an alias, that it was this one; a reader looks at its own aliases only.
    """

    matched: tuple[FieldMatch, ...]
    missing: tuple[Field, ...]
    ignored: tuple[Field, ...]
    renamed: tuple[FieldMatch, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Branches:
    """The branches of two types, one of which is a union: `unread` the writer's, `unwritten` the reader's without a partner."""

    matched: tuple[tuple[Concrete, Concrete], ...]
    unread: tuple[Concrete, ...]
    unwritten: tuple[Concrete, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """How a pair lies in the one around it: `match` for a field, `branch` for a branch of the writer's union, neither for items."""

    element: str
    match: FieldMatch | None = None
    branch: Concrete | None = None


@dataclass(frozen=True, eq=False)
class Pair:
    """Two types, as the reader and the writer have them. One of them may be a union, and then `branches` tells more."""

    sides: Sides
    reader: Concrete
    writer: Concrete
    above: Pair | None = None
    step: Step | None = None

    @property
    def direction(self) -> Direction:
        """Who reads whom."""
        return self.sides.direction

    @cached_property
    def old(self) -> Concrete:
        """The type before the change."""
        return self.sides.ordered(self.reader, self.writer)[0]

    @cached_property
    def new(self) -> Concrete:
        """The type after it."""
        return self.sides.ordered(self.reader, self.writer)[1]

    @property
    def is_union(self) -> bool:
        """Whether either side is a union."""
        return isinstance(self.reader, Union) or isinstance(self.writer, Union)

    @property
    def is_unchanged_primitive(self) -> bool:
        """Whether this is a primitive type of the same meaning on both sides, of which no rule has anything to say."""
        reader, writer = self.reader, self.writer
        if not isinstance(reader, Primitive) or not isinstance(writer, Primitive):
            return False
        return reader.kind == writer.kind and reader.logical == writer.logical

    @cached_property
    def fields(self) -> Fields:
        """The fields of two records; none of anything else."""
        if not isinstance(self.reader, Record) or not isinstance(self.writer, Record):
            return Fields((), (), (), ())
        return _fields(self.reader, self.writer)

    @cached_property
    def branches(self) -> Branches:
        """The branches of a union on either side; none when there is no union."""
        if not self.is_union:
            return Branches((), (), ())
        return _branches(branches(self.sides.reader, self.reader), branches(self.sides.writer, self.writer))

    @cached_property
    def renames(self) -> tuple[tuple[Field, Field], ...]:
        """(old, new) for each field that has another name after the change, whoever's alias says so."""
        named_otherwise = [match for match in self.fields.matched if match.reader.name != match.writer.name]
        return tuple(self.sides.ordered(match.reader, match.writer) for match in (*named_otherwise, *self.fields.renamed))

    @cached_property
    def added_fields(self) -> tuple[Field, ...]:
        """The fields that only the new record has."""
        return self.fields.missing if self._reads_new else self.fields.ignored

    @cached_property
    def removed_fields(self) -> tuple[Field, ...]:
        """The fields that only the old record has."""
        return self.fields.ignored if self._reads_new else self.fields.missing

    @cached_property
    def added_branches(self) -> tuple[Concrete, ...]:
        """The branches that only the new side has."""
        return self.branches.unwritten if self._reads_new else self.branches.unread

    @cached_property
    def removed_branches(self) -> tuple[Concrete, ...]:
        """The branches that only the old side has."""
        return self.branches.unread if self._reads_new else self.branches.unwritten

    @property
    def places(self) -> tuple[Location, Location]:
        """Where the two types stand."""
        return self.old.place.location, self.new.place.location

    def inside(self) -> Iterator[Pair]:
        """The pairs that this one leads to."""
        if self.is_union:
            for reader, writer in self.branches.matched:
                yield Pair(self.sides, reader, writer, self, Step("", branch=writer))
        elif isinstance(self.reader, Array) and isinstance(self.writer, Array):
            yield self._below(self.reader.items, self.writer.items, Step("[]"))
        elif isinstance(self.reader, Map) and isinstance(self.writer, Map):
            yield self._below(self.reader.values, self.writer.values, Step("{}"))
        for match in self.fields.matched:
            old, _ = self.sides.ordered(match.reader, match.writer)
            yield self._below(match.reader.type, match.writer.type, Step(f".{old.name}", match=match))

    @property
    def _reads_new(self) -> bool:
        return self.direction is Direction.BACKWARD

    def _below(self, reader: Any, writer: Any, step: Step) -> Pair:
        return Pair(self.sides, self.sides.reader.concrete(reader), self.sides.writer.concrete(writer), self, step)


@dataclass(frozen=True, slots=True)
class Probe:
    """What to write so that a witness shows a change: a value of the writer's type, or a sample of one branch of its union.

    Neither is any record at all. `keeps` are the reader's fields that matter, at a record; None for all.
    """

    value: Any = None
    has_value: bool = False
    branch: Concrete | None = None
    keeps: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Seen(Finding):
    """What a check saw at a pair. `member` is the way from the pair to the element that changed: `.sku`, or nothing."""

    member: str = ""
    probe: Probe | None = None


AvroRule: TypeAlias = Rule[Pair]


def _fields(reader: Record, writer: Record) -> Fields:
    matched: list[FieldMatch] = []
    missing: list[Field] = []
    for wanted in reader.fields.values():
        found = writer_field(wanted, writer)
        if found is None:
            missing.append(wanted)
        else:
            matched.append(FieldMatch(wanted, found))
    taken = {match.writer.name for match in matched}
    ignored = [offered for offered in writer.fields.values() if offered.name not in taken]
    formerly = {alias: offered for offered in reversed(ignored) for alias in offered.aliases}
    renamed = [FieldMatch(wanted, formerly[wanted.name]) for wanted in missing if wanted.name in formerly]
    before, now = {match.reader.name for match in renamed}, {match.writer.name for match in renamed}
    return Fields(
        matched=tuple(matched),
        missing=tuple(wanted for wanted in missing if wanted.name not in before),
        ignored=tuple(offered for offered in ignored if offered.name not in now),
        renamed=tuple(renamed),
    )


def _branches(readers: list[Concrete], writers: list[Concrete]) -> Branches:
    chosen = [(selected(readers, writer), writer) for writer in writers]
    matched = [(reader, writer) for reader, writer in chosen if reader is not None]
    unread = [writer for reader, writer in chosen if reader is None]
    taken = {id(reader) for reader, _ in matched}
    unwritten = [reader for reader in readers if id(reader) not in taken]
    opposed = _only(readers), _only(writers)
    if opposed[0] is not None and opposed[1] is not None and opposed[1] in unread:
        # Beside null there is one type on either side: it became another one, rather than one going and another one coming.
        matched.append((opposed[0], opposed[1]))
        unread.remove(opposed[1])
        unwritten.remove(opposed[0])
    return Branches(tuple(matched), tuple(unread), tuple(unwritten))


def _only(types: list[Concrete]) -> Concrete | None:
    """The one type that is not null, if it is one."""
    others = [type_ for type_ in types if type_.kind != "null"]
    return others[0] if len(others) == 1 else None
