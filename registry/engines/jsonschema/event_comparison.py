"""Comparison of two versions of an event: its schemas, its envelope and its draft, in the terms of a mode."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Final

from registry.domain.change import Change, Comparison, DocumentWitness, NoWitness, Undecided, in_order
from registry.domain.contract import Mode
from registry.domain.location import Location
from registry.domain.verdict import Direction, Severity
from registry.engines.jsonschema import event_rules as rules_about_events
from registry.engines.jsonschema.comparer import SchemaComparer
from registry.engines.jsonschema.contract import SchemaContract
from registry.engines.jsonschema.decision import Decider
from registry.engines.jsonschema.event_pair import EventPair, EventRule
from registry.engines.jsonschema.findings import SchemaFinding, SchemaQuestion
from registry.engines.rulebook.catalogue import discover

_MOST_TOGETHER: Final = 32
"""Older versions that share what is known of the new one, which keeps what it knows of them in memory as well."""
_STRICT: Final = "Only the strict reading breaks: a writer of an open schema may already use a name that it does not declare."


def compare(
    old: SchemaContract,
    new: SchemaContract,
    *,
    subject: str,
    mode: Mode,
    as_of: datetime,
    minimum_notice: Mapping[str, int] | None = None,
) -> Comparison:
    """The changes between two versions of an event that matter in a mode, worst first.

    `subject` is the event's name; elements read `OrderPlaced $.data.lines[].sku`. `as_of` is the moment that sunsets are judged at.
    Raises BadReference.
    """
    return next(compare_history([old], new, subject=subject, mode=mode, as_of=as_of, minimum_notice=minimum_notice))


def compare_history(
    history: Iterable[SchemaContract],
    new: SchemaContract,
    *,
    subject: str,
    mode: Mode,
    as_of: datetime,
    minimum_notice: Mapping[str, int] | None = None,
) -> Iterator[Comparison]:
    """The same for each of many older versions in turn, in one pass: what is known of the new one is worked out once for many."""
    decider = Decider(strict=True)
    for index, old in enumerate(history):
        if index and index % _MOST_TOGETHER == 0:
            decider = Decider(strict=True)
        comparer = SchemaComparer(old.library, new.library, as_of=as_of, minimum_notice=minimum_notice, decider=decider)
        yield _compared(comparer, old, new, subject, mode)


def _compared(comparer: SchemaComparer, old: SchemaContract, new: SchemaContract, subject: str, mode: Mode) -> Comparison:
    found: dict[tuple[str, Location | None, Location | None, str], SchemaFinding] = {}
    questions: list[Undecided] = []
    for direction in sorted(mode.directions) or [Direction.BACKWARD, Direction.FORWARD]:
        for finding in comparer.findings(old.root, new.root, direction):
            key = (finding.rule, finding.old, finding.new, finding.message)
            if key not in found or finding.severity.rank < found[key].severity.rank:
                found[key] = comparer.embedded(finding, old.root, new.root, direction)
        questions.extend(_undecided(question, subject) for question in comparer.undecided(old.root, new.root, direction))
    open_ = {(question.rule, question.old, question.new, question.message) for question in questions}
    kept = (finding for key, finding in found.items() if not (finding.severity is Severity.SAFE and key in open_))
    parts = [_change(finding, subject) for finding in kept]
    whole = _whole_changes(EventPair(old.library.root, new.library.root), subject)
    return Comparison(in_order(_each_once(whole, parts, f"{subject} $")), tuple(questions))


def _each_once(whole: Sequence[Change], parts: Sequence[Change], event: str) -> list[Change]:
    """What is told of a whole event takes the place, and the document, of what is told of the same elements by their schemas."""
    told = {change.elements for change in whole if change.elements != (event,)}
    twice = [change for change in parts if change.elements in told]
    shown = {change.elements: change.witness for change in twice if isinstance(change.witness, DocumentWitness)}
    kept = [change for change in parts if change.elements not in told]
    return [*kept, *(replace(change, witness=shown.get(change.elements, change.witness)) for change in whole)]


def _whole_changes(pair: EventPair, subject: str) -> tuple[Change, ...]:
    """What the rules about whole events see."""
    changes: list[Change] = []
    for rule in event_rules():
        for finding in rule.check(pair):
            change = Change(
                rule=rule.id,
                severity=finding.severity or rule.severity[Direction.BOTH],
                direction=Direction.BOTH,
                old=finding.old,
                new=finding.new,
                message=finding.message,
                elements=tuple(f"{subject} {path}" for path in finding.elements),
                witness=finding.witness or NoWitness("not looked for"),
            )
            changes.append(change)
    return tuple(changes)


@lru_cache(maxsize=1)
def event_rules() -> tuple[EventRule, ...]:
    """The catalogue of rules about whole events, sorted by id."""
    return discover(rules_about_events)


def _change(finding: SchemaFinding, subject: str) -> Change:
    return Change(
        rule=finding.rule,
        severity=finding.severity,
        direction=finding.direction,
        old=finding.old,
        new=finding.new,
        message=f"{finding.message} {_STRICT}" if finding.strict_only else finding.message,
        elements=tuple(f"{subject} {path}" for path in finding.paths),
        witness=finding.witness,
        removes_promise=finding.removes_promise,
    )


def _undecided(question: SchemaQuestion, subject: str) -> Undecided:
    return Undecided(
        rule=question.rule,
        direction=question.direction,
        construct=question.construct,
        old=question.old,
        new=question.new,
        message=question.message,
        elements=tuple(f"{subject} {path}" for path in question.paths),
    )
