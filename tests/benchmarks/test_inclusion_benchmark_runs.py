"""The benchmark of inclusion still measures what it says."""

from __future__ import annotations

from tests.benchmarks.inclusion import measure


def test_every_kind_of_question_is_measured() -> None:
    """The nested and the hostile pairs, each answered in some time above none."""
    found = {figure.what: figure for figure in measure(rounds=1, most=4) if figure.tool == "interlock"}
    assert "10 nested closed objects, widened" in found
    assert "8 pigeons in 7 holes" in found
    assert all(0 < figure.median <= figure.slowest and figure.answers for figure in found.values())
