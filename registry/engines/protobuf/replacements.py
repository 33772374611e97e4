"""Messages and enums that others took the place of: renamed, moved to another package, or exchanged in a field.

A field or a method that mentions another type than before makes a candidate, and so does what is nested in a candidate. A candidate
stands when the rules of the category WIRE find nothing between the two, where fields of candidate types are taken to stand as well:
the greatest set that is consistent, so that types that contain themselves are no special case.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from registry.domain.change import NoWitness, Witness
from registry.domain.policy import Allowance
from registry.engines.protobuf.catalogue import catalogue
from registry.engines.protobuf.elements import EnumValue, Field
from registry.engines.protobuf.index import Index
from registry.engines.protobuf.pairs import Pair, Replacement, Revisions, each_enum, each_field, each_message, each_method, in_both
from registry.engines.protobuf.rule import ProtobufRule
from registry.engines.protobuf.selection import Category

_MOST_CANDIDATES = 2_000


def with_replacements(revisions: Revisions) -> Revisions:
    """The same revisions, knowing which types are compared with what took their place, where the owner allows that."""
    if Allowance.FOLLOWED_RENAMES not in revisions.allow:
        return revisions
    search = _Search(revisions)
    if not search.collect():
        return revisions  # so many that it is another contract: its changes of type are reported as such
    search.refute()
    return replace(revisions, replacements=frozenset(search.standing))


@dataclass(frozen=True, eq=False)
class _Trial(Revisions):
    """Revisions whose findings nobody is shown, and which need no witness."""

    def witness(self, old: Field, new: Field | None = None, *, read_as: str | None = None) -> Witness:  # noqa: ARG002
        return NoWitness("not looked for")

    def value_witness(self, value: EnumValue) -> Witness:  # noqa: ARG002
        return NoWitness("not looked for")


@dataclass(frozen=True, eq=False)
class _Search:
    """`standing` are the candidates that no rule has refuted yet, `needed_by` who counts on each."""

    revisions: Revisions
    standing: set[Replacement] = field(default_factory=set[Replacement])
    needed_by: dict[Replacement, set[Replacement]] = field(default_factory=lambda: defaultdict(set))

    def collect(self) -> bool:
        """Find every candidate, from fields and methods inwards; false when there are too many."""
        nested_before, nested_after = _nested(self.revisions.before), _nested(self.revisions.after)
        waiting = deque(_mentioned(self.revisions))
        while waiting:
            candidate = waiting.popleft()
            if candidate in self.standing or not self._declared(candidate):
                continue
            if len(self.standing) == _MOST_CANDIDATES:
                return False
            self.standing.add(candidate)
            for inner in self._in_fields(candidate):
                self.needed_by[inner].add(candidate)
                waiting.append(inner)
            inside, around = nested_before.get(candidate[0], {}), nested_after.get(candidate[1], {})
            waiting.extend(in_both(inside, around))
        return True

    def refute(self) -> None:
        """Drop what a rule finds something about, and look again at who counted on it."""
        known = self.revisions
        trial = _Trial(known.old, known.new, known.today, known.to_the_letter, known.allow, self.standing)
        waiting = deque(sorted(self.standing))
        while waiting:
            candidate = waiting.popleft()
            if candidate in self.standing and any(_found_on_the_wire(trial, candidate)):
                self.standing.discard(candidate)
                waiting.extend(sorted(self.needed_by[candidate] & self.standing))

    def _declared(self, candidate: Replacement) -> bool:
        (old, new), before, after = candidate, self.revisions.before, self.revisions.after
        return (old in before.messages and new in after.messages) or (old in before.enums and new in after.enums)

    def _in_fields(self, candidate: Replacement) -> Iterator[Replacement]:
        old, new = self.revisions.before.messages.get(candidate[0]), self.revisions.after.messages.get(candidate[1])
        if old is not None and new is not None:
            yield from _exchanged((left.type_name, right.type_name) for left, right in in_both(old.fields, new.fields))


def _mentioned(revisions: Revisions) -> Iterator[Replacement]:
    """What fields and methods mention in place of another type."""
    yield from _exchanged((pair.old.type_name, pair.new.type_name) for pair in revisions.fields)
    for pair in each_method(revisions):
        yield from _exchanged([(pair.old.request, pair.new.request), (pair.old.response, pair.new.response)])


def _exchanged(names: Iterable[Replacement]) -> Iterator[Replacement]:
    return ((old, new) for old, new in names if old != new and old and new)


def _nested(index: Index) -> Mapping[str, Mapping[str, str]]:
    """The full names of the messages and enums inside each message, by short name."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for item in (*index.messages.values(), *index.enums.values()):
        if item.parent is not None:
            found[item.parent.full_name][item.name] = item.full_name
    return found


def _found_on_the_wire(trial: Revisions, candidate: Replacement) -> Iterator[object]:
    """What the rules of the category WIRE find between a type and what took its place."""
    old, new = (index.messages.get(name) for index, name in zip((trial.before, trial.after), candidate, strict=True))
    if old is not None and new is not None:
        yield from _ask(_rules(each_message), Pair(trial, old, new))
        for left, right in in_both(old.fields, new.fields):
            yield from _ask(_rules(each_field), Pair(trial, left, right))
        return
    yield from _ask(_rules(each_enum), Pair(trial, trial.before.enums[candidate[0]], trial.after.enums[candidate[1]]))


def _rules(walk: object) -> Iterator[ProtobufRule[object]]:
    return (rule for rule in catalogue() if Category.WIRE in rule.categories and rule.walk is walk)


def _ask(rules: Iterable[ProtobufRule[object]], pair: object) -> Iterator[object]:
    for rule in rules:
        yield from rule.check(pair)
