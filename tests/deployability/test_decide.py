"""The can-i-deploy decision."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from registry.domain.deployability import Edge, Evidence, EvidenceKind, Party, Question, Wire
from registry.domain.verdict import Verdict
from registry.engines.deployability.decide import decide

QUESTION = Question("orders", "v2", "production")
ORDERS = Party("orders", "v2", "team-ordering")
CART = Party("cart", "v1", "team-cart")


def an_edge(verdict: Verdict, kind: EvidenceKind = EvidenceKind.VERIFICATION, provider: Party = ORDERS) -> Edge:
    return Edge(Wire.HTTP, "orders-api", CART, provider, Evidence(kind, verdict, "verification 1", "as seen"))


EDGES = st.lists(
    st.builds(an_edge, st.sampled_from(Verdict), st.sampled_from([EvidenceKind.VERIFICATION, EvidenceKind.COMPARISON])),
    max_size=300,
)


@given(EDGES)
def test_failed_beats_unknown_beats_fine(edges: list[Edge]) -> None:
    """However many edges there are, one failed edge decides, then one unknown one."""
    verdicts = {edge.evidence.verdict for edge in edges}
    expected = Verdict.NO if Verdict.NO in verdicts else Verdict.UNKNOWN if Verdict.UNKNOWN in verdicts else Verdict.YES
    assert decide(QUESTION, edges).verdict is expected


@given(EDGES)
def test_no_edge_is_dropped(edges: list[Edge]) -> None:
    """The answer lists every edge, worst first."""
    decision = decide(QUESTION, edges)
    assert len(decision.edges) == len(edges)
    order = [Verdict.NO, Verdict.UNKNOWN, Verdict.YES]
    ranks = [order.index(edge.verdict) for edge in decision.edges]
    assert ranks == sorted(ranks)


@given(EDGES)
def test_every_red_edge_says_who_can_do_what(edges: list[Edge]) -> None:
    """An edge that is not green names a team and an action."""
    for edge in decide(QUESTION, edges).edges:
        if edge.verdict is not Verdict.YES:
            assert edge.reason
            assert all(action.team and action.what for action in edge.actions)
            assert edge.actions


def test_nothing_to_check_is_said() -> None:
    """An empty graph is a yes that says that nothing was checked."""
    decision = decide(QUESTION, [])
    assert decision.verdict is Verdict.YES
    assert "Nothing to check" in decision.summary


def test_an_absent_provider_is_unknown_whatever_the_evidence() -> None:
    """A verification of something that does not run there proves nothing there."""
    absent = Party("payments", None, "team-payments")
    (edge,) = decide(QUESTION, [an_edge(Verdict.YES, provider=absent)]).edges
    assert edge.verdict is Verdict.UNKNOWN
    assert edge.actions[0].team == "team-payments"
