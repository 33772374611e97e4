"""buf's own test data: the exact set of (rule, path, line, column) of every case."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from registry.domain.contract import Mode
from registry.engines.protobuf.comparison import compare
from registry.engines.protobuf.selection import Selection, from_buf_configuration
from tests.protobuf.support import AS_OF, annotations, compiled_folder

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "conformance" / "protobuf-breaking"
CASES: list[Mapping[str, Any]] = json.loads((FOLDER / "cases.json").read_text()) if FOLDER.is_dir() else []

NOT_EXACT: Mapping[str, str] = {}
"""Cases that differ, with the reason. One that becomes exact has to leave the list."""


@pytest.mark.skipif(not CASES, reason="the conformance data is not beside the project")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_findings_are_exactly_those_of_the_case(case: Mapping[str, Any]) -> None:
    """A case's configuration selects the rules that buf would ask, and each finds what buf finds, at the same place."""
    selection = from_buf_configuration(case["config"]) if case["config"] else Selection()
    old, new = (compiled_folder(FOLDER / case[side]) for side in ("previous_dir", "current_dir"))
    found = annotations(compare(old, new, mode=Mode.BACKWARD, as_of=AS_OF, selection=selection))
    expected = {(item["rule"], item.get("path") or "", item["start_line"], item["start_column"]) for item in case["expected"]}
    if case["name"] in NOT_EXACT:
        assert found != expected, "this case is exact now: take it off the list"
    else:
        assert sorted(found) == sorted(expected)
