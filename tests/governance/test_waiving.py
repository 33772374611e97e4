"""What lets a finding through."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from registry.domain.change import Change, Comparison, Undecided, Waiver
from registry.domain.verdict import Direction, Severity, Verdict
from registry.engines.governance.waiving import inherit, raise_risky, waive

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def a_waiver(element: str, rule: str = "property-removed", expires: str = "2027-01-01T00:00:00+00:00") -> Waiver:
    return Waiver(rule, element, "nobody reads it", "ana", expires)


def a_break(*elements: str, rule: str = "property-removed", severity: Severity = Severity.BREAKING) -> Change:
    return Change(rule, severity, Direction.FORWARD, None, None, "removed", elements)


def verdict_with(waiver: Waiver, *changes: Change) -> Verdict:
    return waive(Comparison(changes), [waiver], NOW).verdict


@pytest.mark.parametrize("element", ["Order $.total", "Order $", "Order", "*"])
def test_a_waiver_covers_the_parts_of_its_element(element: str) -> None:
    """Naming an event lets a change to any of its properties through; naming everything is said with a star."""
    assert verdict_with(a_waiver(element), a_break("Order $.total.amount")) is Verdict.YES


@pytest.mark.parametrize(
    "waiver",
    [
        a_waiver("Order $.tot"),
        a_waiver("Order $.total.amount.cents"),
        a_waiver("Order $.total", rule="property-added"),
        a_waiver("Order $.total", expires="2026-11-22T00:00:00+00:00"),
    ],
)
def test_a_waiver_covers_nothing_else(waiver: Waiver) -> None:
    """Another element, a smaller part, another rule, or a waiver that expired: the break stands."""
    assert verdict_with(waiver, a_break("Order $.total.amount")) is Verdict.NO


def test_every_reached_element_must_be_covered() -> None:
    """Leave for one operation is no leave for another that the same change reaches."""
    assert verdict_with(a_waiver("GET /a"), a_break("GET /a", "GET /b")) is Verdict.NO


def test_an_undecided_row_is_accepted_by_name() -> None:
    """Rule and element name the question; the verdict is then no longer unknown."""
    question = Undecided("schema-narrowed", Direction.BACKWARD, "$dynamicRef", None, None, "?", ("Order $.tree",))
    waived = waive(Comparison(undecided=(question,)), [a_waiver("Order $.tree", rule="schema-narrowed")], NOW)
    assert waived.verdict is Verdict.YES
    assert waived.undecided[0].waived_by is not None


def test_a_release_hands_its_waiver_on() -> None:
    """Comparing with what came before a waived release does not raise the break again."""
    released = waive(Comparison((a_break("Order $.total"),)), [a_waiver("Order $.total")], NOW)
    assert inherit(Comparison((a_break("Order $.total"),)), [released]).verdict is Verdict.YES
    assert inherit(Comparison((a_break("Order $.lines"),)), [released]).verdict is Verdict.NO


def test_policy_raises_only_risky_rules() -> None:
    """A raised rule blocks where it was risky; where it was safe it stays safe."""
    risky, safe = a_break("a", severity=Severity.RISKY), a_break("b", severity=Severity.SAFE)
    raised = raise_risky(Comparison((risky, safe)), ["property-removed"])
    assert [change.severity for change in raised.changes] == [Severity.BREAKING, Severity.SAFE]


def test_waivers_share_in_covering_a_finding() -> None:
    """A schema that two operations share is let through by one waiver for each."""
    waivers = [a_waiver("GET /a"), a_waiver("GET /b")]
    both = Comparison((a_break("GET /a response 200 $.total", "GET /b response 200 $.total"),))
    assert waive(both, waivers, NOW).verdict is Verdict.YES
    assert waive(both, waivers[:1], NOW).verdict is Verdict.NO


def test_a_protobuf_finding_is_covered_by_the_element_that_changed() -> None:
    """The methods that carry a field are not what changed, so naming the field is enough."""
    changed = Comparison((a_break("s.v1.Rate.currency", "s.v1.Rates.GetRate"),))
    assert waive(changed, [a_waiver("s.v1.Rate.currency")], NOW).verdict is Verdict.YES
    assert waive(changed, [a_waiver("s.v1.Rates.GetRate")], NOW).verdict is Verdict.NO


def test_an_inherited_waiver_holds_whatever_the_rule_is_called_now() -> None:
    """The same break is `became required` beside one release and `added as required` beside an older one."""
    released = waive(Comparison((a_break("Order $.total"),)), [a_waiver("Order $.total")], NOW)
    assert inherit(Comparison((a_break("Order $.total", rule="required-property-added"),)), [released]).verdict is Verdict.YES
