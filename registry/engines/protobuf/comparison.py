"""Comparing two revisions of a Protobuf contract.

The gate. Without a selection of its own, a contract is judged by what its consumers hold: generated code that is compiled file by
file, and messages in the binary and the JSON encoding. That is buf's category FILE, with three differences. What concerns the
code of one language only (file options, `jstype`, C++ string types and the like) is risky, not breaking: most consumers of a
contract never generate that language. A deletion passes when it was announced: deprecated, past its sunset, number and name
reserved. And each thing is reported once: nothing for the children of a deleted parent, nothing for imports.

Directions. Backward asks for old clients' stubs against a new server, requests and responses alike; forward for new clients'
stubs against an old server. Most rules hold both ways; additions and removals are judged apart. `none` classifies like backward,
and leaves it to the caller not to gate.

Elements. A finding names what changed by its full name, and every method that carries it at any depth, so that a consumer who
declared only the methods it calls is found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property

from registry.domain.change import Change, Comparison, NoWitness, in_order
from registry.domain.contract import Mode
from registry.domain.location import Location
from registry.domain.verdict import Direction, Severity
from registry.engines.protobuf import rules
from registry.engines.protobuf.descriptors import Descriptors
from registry.engines.protobuf.pairs import Revisions
from registry.engines.protobuf.reach import Reach, reach_of
from registry.engines.protobuf.rule import ProtobufRule
from registry.engines.protobuf.selection import Category, Selection, is_unstable
from registry.engines.rulebook.catalogue import discover
from registry.engines.rulebook.rule import Area, Finding, Rule


def compare(old: Descriptors, new: Descriptors, *, mode: Mode, as_of: datetime, selection: Selection | None = None) -> Comparison:
    """What changed between two revisions, worst first; there is nothing that this engine cannot decide.

    With a `selection`, exactly its rules are asked as buf would ask them, and whatever they find is breaking; additions and
    deprecations are reported beside them as always. `as_of`, in UTC, decides whether a sunset has passed.
    """
    revisions = Revisions(
        old,
        new,
        as_of.date(),
        to_the_letter=selection is not None,
        honour_sunsets=selection is None or selection.honour_sunsets,
    )
    context = _Context(revisions, mode, selection)
    changes = [change for rule in catalogue() if context.asks(rule) for change in context.changes(rule)]
    return Comparison(in_order(changes))


@cache
def catalogue() -> tuple[ProtobufRule[object], ...]:
    """Every rule of this engine, by id."""
    found: tuple[Rule[object], ...] = discover(rules)
    return tuple(rule for rule in found if isinstance(rule, ProtobufRule))


@dataclass(frozen=True, eq=False)
class _Context:
    revisions: Revisions
    mode: Mode
    selection: Selection | None

    def asks(self, rule: ProtobufRule[object]) -> bool:
        if not rule.categories:
            return True
        if self.selection is None:
            return Category.FILE in rule.categories
        return any(self.selection.asks(name, rule.categories) for name in rule.names)

    def changes(self, rule: ProtobufRule[object]) -> Iterator[Change]:
        for finding in rule.findings(self.revisions):
            if not self._ignored(rule, finding):
                yield self._change(rule, finding)

    def _ignored(self, rule: ProtobufRule[object], finding: Finding) -> bool:
        if self.selection is None or not rule.categories:
            return False
        files = [place.file for place in (finding.new, finding.old) if place is not None]
        if self.selection.ignore_unstable_packages and any(is_unstable(self._package(file)) for file in files):
            return True
        return any(self.selection.ignores(name, rule.categories, files) for name in rule.names)

    def _package(self, file: str) -> str:
        found = self.revisions.after.files.get(file) or self.revisions.before.files.get(file)
        return found.proto.package if found is not None else ""

    def _change(self, rule: ProtobufRule[object], finding: Finding) -> Change:
        direction, severity = _judge(rule.severity, self.mode)
        if self.selection is not None and rule.categories:
            severity = Severity.BREAKING
        if finding.severity is not None and finding.severity.rank > severity.rank:
            severity = finding.severity
        names = finding.elements or _names(finding.old, finding.new)
        return Change(
            rule=rule.id,
            severity=severity,
            direction=direction,
            old=finding.old,
            new=finding.new,
            message=finding.message,
            elements=(*names, *sorted(self._methods(names) - set(names))),
            witness=finding.witness or _no_witness(rule, severity),
            removes_promise=finding.removes_promise,
        )

    def _methods(self, names: tuple[str, ...]) -> frozenset[str]:
        return self._reach_before.methods_that_carry(names) | self._reach_after.methods_that_carry(names)

    @cached_property
    def _reach_before(self) -> Reach:
        return reach_of(self.revisions.before)

    @cached_property
    def _reach_after(self) -> Reach:
        return reach_of(self.revisions.after)


def _no_witness(rule: ProtobufRule[object], severity: Severity) -> NoWitness:
    if severity is Severity.SAFE:
        return NoWitness("nothing breaks")
    if rule.area in {Area.SERVICE, Area.METHOD}:
        return NoWitness("the change is in how methods are called, not in the bytes of a message")
    return NoWitness("the change is in names, declarations and generated code; no single message shows it")


def _names(old: Location | None, new: Location | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place.path for place in (old, new) if place is not None and place.path))


def _judge(severities: Mapping[Direction, Severity], mode: Mode) -> tuple[Direction, Severity]:
    """The severity under a mode, and the direction that it comes from."""
    if Direction.BOTH in severities:
        return Direction.BOTH, severities[Direction.BOTH]
    asked = mode.directions or frozenset({Direction.BACKWARD})
    judged = [(direction, severities[direction]) for direction in Direction if direction in asked and direction in severities]
    worst = min(judged, key=lambda item: item[1].rank)
    tied = len(judged) > 1 and len({severity for _, severity in judged}) == 1
    return (Direction.BOTH if tied else worst[0]), worst[1]
