"""Comparing two revisions of an Avro contract.

A direction is one question: what does a reader with the one schema make of data that was written with the other? The pairs of types
that resolution brings together are walked once for it, and every rule is asked at each pair. What a rule of nature *language* calls
breaking is what resolution refuses, and nothing else is; a test holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from registry.domain.change import Change, Comparison, NoWitness, Witness, in_order
from registry.domain.contract import Mode
from registry.domain.location import Location
from registry.domain.verdict import Direction, Severity
from registry.engines.avro import rules
from registry.engines.avro.pair import AvroRule, Pair, Seen
from registry.engines.avro.schema import Schema
from registry.engines.avro.walk import Reached, walk
from registry.engines.avro.witness import Judge
from registry.engines.rulebook.catalogue import discover
from registry.engines.rulebook.rule import Finding, Nature

_Key = tuple[str, Location | None, Location | None, str]
_NOTHING_BREAKS = NoWitness("nothing breaks")
_DECLARED = NoWitness("the change is in what is declared; every record is read alike")


def compare(old: Schema, new: Schema, *, subject: str, mode: Mode) -> Comparison:
    """The changes between two versions that matter in a mode, worst first; there is nothing that this engine cannot decide.

    `subject` is the contract's name; elements read `OrderPlaced $.data.lines[].sku`. The mode `none` looks at both directions.
    """
    changes: dict[_Key, Change] = {}
    for direction in sorted(mode.directions) or [Direction.BACKWARD, Direction.FORWARD]:
        reader, writer = (new, old) if direction is Direction.BACKWARD else (old, new)
        for change in _changes(direction, reader, writer, subject):
            key = (change.rule, change.old, change.new, change.message)
            changes[key] = _merged(changes[key], change) if key in changes else change
    return Comparison(in_order(list(changes.values())))


@cache
def catalogue() -> tuple[AvroRule, ...]:
    """Every rule of this engine, by id."""
    return discover(rules)


def _changes(direction: Direction, reader: Schema, writer: Schema, subject: str) -> Iterator[Change]:
    asked = [
        (rule, severity) for rule in catalogue() if (severity := rule.severity.get(direction, rule.severity.get(Direction.BOTH)))
    ]
    judge = Judge(writer)
    for reached in walk(direction, reader, writer):
        if reached.pair.is_unchanged_primitive:
            continue
        for rule, severity in asked:
            for finding in rule.check(reached.pair):
                judged = finding.severity or severity
                yield Change(
                    rule=rule.id,
                    severity=judged,
                    direction=direction,
                    old=finding.old,
                    new=finding.new,
                    message=finding.message,
                    elements=_elements(rule, finding, judged, reached, subject),
                    witness=_witness(finding, judged, reached.pair, judge),
                    removes_promise=finding.removes_promise,
                )


def _elements(rule: AvroRule, finding: Finding, severity: Severity, reached: Reached, subject: str) -> tuple[str, ...]:
    """What changed; and the whole contract where a record is refused: whoever decodes it loses all of it, whatever it uses."""
    member = finding.member if isinstance(finding, Seen) else ""
    changed = tuple(f"{subject} {path}{member}" for path in reached.paths)
    refused = rule.nature is Nature.LANGUAGE and severity is Severity.BREAKING
    return (*changed, subject) if refused else changed


def _witness(finding: Finding, severity: Severity, pair: Pair, judge: Judge) -> Witness:
    if severity is Severity.SAFE:
        return _NOTHING_BREAKS
    if isinstance(finding, Seen) and finding.probe is not None:
        return judge.witness(pair, finding.probe)
    return finding.witness or _DECLARED


def _merged(one: Change, other: Change) -> Change:
    """What both directions saw: the worse of the two, or of both directions when they are as bad."""
    if one.severity is other.severity:
        shown = other if isinstance(one.witness, NoWitness) else one
        return replace(shown, direction=Direction.BOTH)
    return min(one, other, key=lambda change: change.severity.rank)
