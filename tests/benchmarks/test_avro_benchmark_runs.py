"""The benchmark of the Avro engine still measures what it says."""

from __future__ import annotations

from tests.benchmarks.avro import measure


def test_every_kind_of_pair_is_measured_once() -> None:
    """Checks and whole comparisons, of pairs that there are."""
    found = {(figure.what, figure.tool): figure for figure in measure(rounds=1)}
    for what in ("examples of the rules", "10 nested records", "100 nested records"):
        for tool in ("check", "compare"):
            assert 0 < found[what, tool].median <= found[what, tool].slowest
