"""A can-i-deploy answer in words: every edge with its evidence, every red one with what clears it."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from cli.rendering.decision import decision_page
from registry.domain.change import Change, Undecided
from registry.domain.deployability import Action, Decision, Edge, Evidence, EvidenceKind, JudgedEdge, Party, Question, Wire
from registry.domain.location import Location, Position
from registry.domain.verdict import Direction, Severity, Verdict

_COMMIT = "4f1c09ab" * 5
_PLACE = Location("api.yaml", "/paths", Position(4, 2))
_CHANGES = tuple(
    Change(f"rule-{number}", Severity.BREAKING, Direction.BACKWARD, None, _PLACE, "It is gone.") for number in range(1, 8)
)
_QUESTION = Undecided("schema-narrowed", Direction.BACKWARD, "$dynamicRef", None, _PLACE, "Cannot be decided.")
_PRODUCER = Party("orders", _COMMIT, "team-ordering", still_readable=True)


def _decision(verdict: Verdict, evidence: Evidence, *actions: Action, provider: Party = _PRODUCER) -> str:
    edge = Edge(Wire.EVENT, "OrderPlaced", Party("billing", "b1", "team-billing", "blue"), provider, evidence)
    judged = JudgedEdge(edge, verdict, "Because it is so.", actions)
    question = Question("billing", "b1", "production")
    return click.unstyle(decision_page(Decision(question, verdict, "1 edge.", (judged,))))


def test_a_red_edge_names_both_sides_the_changes_and_what_to_do() -> None:
    """The worst five changes, how many more there are, and the command of whoever can clear it."""
    evidence = Evidence(EvidenceKind.COMPARISON, Verdict.NO, "aa..bb", "", None, _CHANGES)
    lines = _decision(Verdict.NO, evidence, Action("team-ordering", "Bring it back", "interlock publish")).splitlines()
    assert lines[0] == "no  event  OrderPlaced: billing b1 (blue) relies on orders 4f1c09ab4f1c (its messages can still be read)"
    assert lines[1] == "    Because it is so."
    assert lines[2] == "    evidence  comparison aa..bb"
    assert lines[3] == "    because   breaking rule-1 at api.yaml:4:2: It is gone."
    assert "and 2 more" in lines[8]
    assert lines[9:11] == ["    to do     team-ordering: Bring it back", "              interlock publish"]
    assert lines[-2:] == ["verdict: no, billing b1 to production: 1 edge.", "next: clear 1 edge as said above, and ask again."]


def test_a_green_edge_says_what_its_verdict_rests_on() -> None:
    """With the time of a verification, and its words once."""
    evidence = Evidence(EvidenceKind.VERIFICATION, Verdict.YES, "7", "Because it is so.", datetime(2026, 11, 22, 9, 5, tzinfo=UTC))
    lines = _decision(Verdict.YES, evidence).splitlines()
    assert lines[1:3] == ["    Because it is so.", "    evidence  verification 7, 2026-11-22 09:05 UTC"]
    assert lines[-1].startswith("next: deploy, then `interlock record-deployment --service billing --version b1 ")


def test_an_open_edge_names_the_construct_that_stopped_the_proof() -> None:
    """And a service that runs nowhere is said to."""
    evidence = Evidence(EvidenceKind.COMPARISON, Verdict.UNKNOWN, "aa..bb", "", None, (), (_QUESTION,))
    page = _decision(Verdict.UNKNOWN, evidence, provider=Party("orders", None, "team-ordering"))
    assert "relies on orders (not deployed)" in page
    assert "because   unknown schema-narrowed: $dynamicRef" in page
