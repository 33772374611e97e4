"""The benchmark of the Protobuf engine still measures what it says."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.protobuf import VERSIONS, compiled, history, processes, seconds_against, small


def test_both_tools_are_measured_on_a_small_contract(tmp_path: Path) -> None:
    """Cold processes, with their time and memory."""
    for cost in processes(*small(tmp_path), runs=1).values():
        assert cost.wall > 0
        assert cost.processor > 0
        assert cost.memory > 1


def test_a_history_is_compared_from_stored_sets(tmp_path: Path) -> None:
    """Ten versions on the way from the old to the new contract."""
    old, new = (compiled(folder) for folder in small(tmp_path))
    stored = history(old, new, VERSIONS)
    assert len(stored) == VERSIONS
    assert stored[0] == old.SerializeToString()
    assert seconds_against(new.SerializeToString(), stored) > 0
