"""Waivers and policy: what lets a finding through, and what makes a risky one block."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from registry.domain.change import Change, Comparison, Undecided, Waiver, in_order
from registry.domain.element import contains
from registry.domain.verdict import Severity


def waive(comparison: Comparison, waivers: Sequence[Waiver], now: datetime) -> Comparison:
    """The comparison with every finding marked that a waiver in force names.

    A waiver names a rule and an element; it covers the parts of that element, and `*` covers all elements. Several may share in
    covering what a finding reaches. An expired waiver covers nothing.
    """
    in_force = [waiver for waiver in waivers if datetime.fromisoformat(waiver.expires) > now]

    def change_waived(change: Change) -> Change:
        waiver = _covering(change.rule, change.elements, in_force)
        return change.waived(waiver) if waiver and change.severity is not Severity.SAFE else change

    def question_waived(question: Undecided) -> Undecided:
        waiver = _covering(question.rule, question.elements, in_force)
        return question.waived(waiver) if waiver else question

    return Comparison(tuple(map(change_waived, comparison.changes)), tuple(map(question_waived, comparison.undecided)))


def inherit(comparison: Comparison, released: Sequence[Comparison]) -> Comparison:
    """The comparison with every finding marked that a release in between was let through with.

    A waived break is the baseline from its release on: comparing with what came before it must not raise it again. What a rule is
    called depends on the pair that is compared (became required, or was added as required), so the elements alone decide.
    """
    earlier = [
        replace(row.waived_by, rule="*", element=element)
        for between in released
        for row in (*between.changes, *between.undecided)
        if row.waived_by is not None
        for element in row.elements
    ]

    def change_inherited(change: Change) -> Change:
        waiver = _covering(change.rule, change.elements, earlier)
        return change.waived(waiver) if waiver and change.waived_by is None and change.severity is not Severity.SAFE else change

    def question_inherited(question: Undecided) -> Undecided:
        waiver = _covering(question.rule, question.elements, earlier)
        return question.waived(waiver) if waiver and question.waived_by is None else question

    return Comparison(tuple(map(change_inherited, comparison.changes)), tuple(map(question_inherited, comparison.undecided)))


def raise_risky(comparison: Comparison, rules: Collection[str]) -> Comparison:
    """The comparison with the named risky rules made breaking, as the policy wants it."""
    changes = [
        change.with_severity(Severity.BREAKING) if change.severity is Severity.RISKY and change.rule in rules else change
        for change in comparison.changes
    ]
    return replace(comparison, changes=in_order(changes))


def _covering(rule: str, elements: tuple[str, ...], waivers: Sequence[Waiver]) -> Waiver | None:
    """The waiver that covers what changed, when every element is covered by some waiver."""
    named = [waiver for waiver in waivers if waiver.rule in ("*", rule)]
    covering = [_first(named, element) for element in what_changed(elements) or ("",)]
    return covering[0] if all(covering) else None


def what_changed(elements: tuple[str, ...]) -> tuple[str, ...]:
    """The elements of a finding that changed themselves.

    A Protobuf name has no blank: there the first element is what changed, and the others are only methods that carry it.
    """
    return elements[:1] if elements and " " not in elements[0] else elements


def _first(waivers: Sequence[Waiver], element: str) -> Waiver | None:
    return next((waiver for waiver in waivers if waiver.element == "*" or contains(waiver.element, element)), None)
