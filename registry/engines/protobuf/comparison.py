"""Comparing two revisions of a Protobuf contract.

The gate. Without rules of its own, a contract is judged by what its consumers hold: generated code that is compiled file by file,
and messages in the binary and the JSON encoding. That is buf's category FILE, with three differences. What concerns the code of
one language only (file options, `jstype`, C++ string types and the like) is risky, not breaking: most consumers of a contract
never generate that language. A deletion that was announced (deprecated, past its sunset, number and name reserved) is risky, and
breaks only whoever is known to use it. And each thing is reported once: nothing for the children of a deleted parent, nothing for
imports. Rules that were chosen, by a manifest or a `buf.yaml`, are asked to the letter.

Directions. Backward asks for old clients' stubs against a new server, requests and responses alike; forward for new clients'
stubs against an old server. Most rules hold both ways; additions and removals are judged apart. `none` classifies like backward,
and leaves it to the caller not to gate.

Elements. A finding names what changed by its full name, and every method that carries it at any depth, so that a consumer who
declared only the methods it calls is found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from registry.domain.change import Change, Comparison, NoWitness, in_order
from registry.domain.contract import Mode
from registry.domain.location import Location
from registry.domain.policy import ProtobufPolicy
from registry.domain.verdict import Direction, Severity
from registry.engines.protobuf.catalogue import catalogue
from registry.engines.protobuf.descriptors import Descriptors
from registry.engines.protobuf.gate import Gate, Subject, gate_of
from registry.engines.protobuf.inline_waivers import InlineWaivers
from registry.engines.protobuf.pairs import Revisions
from registry.engines.protobuf.reach import Reach
from registry.engines.protobuf.replacements import with_replacements
from registry.engines.protobuf.rule import ProtobufFinding, ProtobufRule
from registry.engines.protobuf.selection import Selection
from registry.engines.rulebook.rule import Area, Finding


def compare(
    old: Descriptors, new: Descriptors, *, mode: Mode, as_of: datetime, policy: ProtobufPolicy = ProtobufPolicy()
) -> Comparison:
    """What changed between two revisions, worst first; there is nothing that this engine cannot decide.

    The policy, or the old revision's `buf.yaml`, says which of buf's rules are asked, and what they find is breaking; additions,
    deprecations and custom options are reported beside them as always. `as_of`, in UTC, decides whether a sunset has passed.
    Raises BadInput for a policy that names no rule.
    """
    return compare_at(gate_of(policy, old.layout.workspace), old, new, mode=mode, as_of=as_of)


def compare_at(gate: Gate, old: Descriptors, new: Descriptors, *, mode: Mode, as_of: datetime) -> Comparison:
    """What changed between two revisions by the rules of a gate, worst first."""
    revisions = with_replacements(Revisions(old, new, as_of.date(), to_the_letter=gate.chosen, allow=gate.allow))
    context = _Context(revisions, mode, gate)
    changes = [change for rule in catalogue() if gate.asks(rule) for change in context.changes(rule)]
    return Comparison(in_order(changes))


@dataclass(frozen=True, eq=False)
class _Context:
    revisions: Revisions
    mode: Mode
    gate: Gate

    def changes(self, rule: ProtobufRule[object]) -> Iterator[Change]:
        for finding in rule.findings(self.revisions):
            if self.gate.counts(rule, self._subject(finding)):
                change = self._waivers.applied(self._change(rule, finding), self.revisions.today)
                yield change.located(self.revisions.old.layout.place(change.old), self.revisions.new.layout.place(change.new))

    def _subject(self, finding: Finding) -> Subject:
        """What the finding is about, by the names of either side."""
        now = (finding.new, self.revisions.new, self.revisions.after, self._judges_after)
        before = (finding.old, self.revisions.old, self.revisions.before, self._judges_before)
        subject = Subject([], [], [])
        for place, descriptors, index, judges in (now, before):
            if place is not None:
                subject.files.append(descriptors.layout.path(place.file))
                subject.packages.extend(index.files[name].proto.package for name in (place.file,) if name in index.files)
                subject.selections.extend(judges.get(place.file, ()))
        return subject

    def _change(self, rule: ProtobufRule[object], finding: Finding) -> Change:
        direction, severity = _judge(rule.severity, self.mode, finding.direction)
        if self.gate.chosen and rule.categories and severity is Severity.RISKY:
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
            message=_message(rule, finding, severity),
            elements=(*names, *sorted(self._methods(names) - set(names))),
            witness=finding.witness or _no_witness(rule, severity),
            removes_promise=finding.removes_promise,
            aliases=rule.names,
        )

    def _methods(self, names: tuple[str, ...]) -> frozenset[str]:
        return self._reach_before.methods_that_carry(names) | self._reach_after.methods_that_carry(names)

    @cached_property
    def _judges_before(self) -> Mapping[str, Sequence[Selection]]:
        return self.gate.selections_of(self.revisions.old)

    @cached_property
    def _judges_after(self) -> Mapping[str, Sequence[Selection]]:
        return self.gate.selections_of(self.revisions.new)

    @cached_property
    def _waivers(self) -> InlineWaivers:
        return InlineWaivers.of(self.revisions.new, self.gate.allow)

    @cached_property
    def _reach_before(self) -> Reach:
        return self.revisions.old.reach

    @cached_property
    def _reach_after(self) -> Reach:
        return self.revisions.new.reach


def _message(rule: ProtobufRule[object], finding: Finding, severity: Severity) -> str:
    """What was seen, what that harms, and what to do about it."""
    said = finding if isinstance(finding, ProtobufFinding) else ProtobufFinding("", None, None)
    harm = (said.harm or rule.harm) if severity is not Severity.SAFE else None
    text = f"{finding.message}{f': {harm}' if harm else ''}{f'; {said.advice}' if said.advice else ''}."
    first = text.split(" ", 1)[0]
    return text if "." in first else f"{text[0].upper()}{text[1:]}"  # a name is written as it is


def _no_witness(rule: ProtobufRule[object], severity: Severity) -> NoWitness:
    if severity is Severity.SAFE:
        return NoWitness("nothing breaks")
    if rule.area in {Area.SERVICE, Area.METHOD}:
        return NoWitness("the change is in how methods are called, not in the bytes of a message")
    return NoWitness("the change is in names, declarations and generated code; no single message shows it")


def _names(old: Location | None, new: Location | None) -> tuple[str, ...]:
    paths = (place.path for place in (old, new) if place is not None)
    return tuple(dict.fromkeys(path for path in paths if path and not path.startswith("/")))  # a pointer is in buf.yaml


def _judge(severities: Mapping[Direction, Severity], mode: Mode, found: Direction | None) -> tuple[Direction, Severity]:
    """The severity under a mode, and the direction that it comes from; the worst for what hurts either side."""
    if Direction.BOTH in severities:
        return Direction.BOTH, severities[Direction.BOTH]
    if found is Direction.BOTH:
        return Direction.BOTH, min(severities.values(), key=lambda severity: severity.rank)
    asked = mode.directions or frozenset({Direction.BACKWARD})
    judged = [(direction, severities[direction]) for direction in Direction if direction in asked and direction in severities]
    worst = min(judged, key=lambda item: item[1].rank)
    tied = len(judged) > 1 and len({severity for _, severity in judged}) == 1
    return (Direction.BOTH if tied else worst[0]), worst[1]
