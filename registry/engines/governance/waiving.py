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

    A waiver names a rule and an element; it covers the parts of that element, and `*` covers all elements. An expired waiver covers
    nothing.
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

    A waived break is the baseline from its release on: comparing with what came before it must not raise it again.
    """
    waivers = {
        (row.rule, element): row.waived_by
        for between in released
        for row in (*between.changes, *between.undecided)
        if row.waived_by is not None
        for element in row.elements or ("",)
    }

    def earlier(rule: str, elements: tuple[str, ...]) -> Waiver | None:
        found = [waivers.get((rule, element)) for element in elements or ("",)]
        return found[0] if found and all(found) else None

    def change_inherited(change: Change) -> Change:
        waiver = earlier(change.rule, change.elements)
        return change.waived(waiver) if waiver and change.waived_by is None else change

    def question_inherited(question: Undecided) -> Undecided:
        waiver = earlier(question.rule, question.elements)
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
    for waiver in waivers:
        if waiver.rule != rule:
            continue
        if waiver.element == "*" or (elements and all(contains(waiver.element, element) for element in elements)):
            return waiver
    return None
