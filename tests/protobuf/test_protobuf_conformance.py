"""buf's own test data: the exact set of (rule, path, start, end) of every case."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from registry.domain.contract import Mode, Source
from registry.engines.documents.document import read
from registry.engines.protobuf.comparison import compare
from registry.engines.protobuf.contract import parse
from registry.engines.protobuf.descriptors import Descriptors
from tests.protobuf.support import AS_OF, annotation, annotations, folder_source

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "conformance" / "protobuf-breaking"
CASES: list[Mapping[str, Any]] = json.loads((FOLDER / "cases.json").read_text()) if FOLDER.is_dir() else []

NOT_EXACT: Mapping[str, str] = {}
"""Cases that differ, with the reason. One that becomes exact has to leave the list."""


@pytest.mark.skipif(not CASES, reason="the conformance data is not beside the project")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_findings_are_exactly_those_of_the_case(case: Mapping[str, Any]) -> None:
    """A case's configuration selects the rules that buf would ask, and each finds what buf finds, at the same place."""
    old, new = (_parsed(FOLDER / case[side], case["config"]) for side in ("previous_dir", "current_dir"))
    found = annotations(compare(old, new, mode=Mode.BACKWARD, as_of=AS_OF))
    expected = {annotation(item) for item in case["expected"]}
    if case["name"] in NOT_EXACT:
        assert found != expected, "this case is exact now: take it off the list"
    else:
        assert sorted(found) == sorted(expected)


def _parsed(folder: Path, configuration: Mapping[str, Any] | None) -> Descriptors:
    """A folder of the test data, its `buf.yaml` completed with the configuration of the case."""
    source = folder_source(folder)
    own = read("buf.yaml", source.files["buf.yaml"]).value if "buf.yaml" in source.files else {}
    assert isinstance(own, dict)
    text = json.dumps({"version": "v2", **own, **(configuration or {})})
    return parse(Source({**source.files, "buf.yaml": text.encode()}, ""))
