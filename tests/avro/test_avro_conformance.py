"""Karapace's public cases: the verdict of each is ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from registry.engines.avro.building import schema_of
from registry.engines.avro.resolution import incompatibilities

CASES = Path(__file__).parents[3] / "shared" / "conformance" / "avro-compatibility" / "cases.json"


def cases() -> list[Any]:
    if CASES.exists():
        return [pytest.param(case, id=f"{index}-{case['test']}") for index, case in enumerate(json.loads(CASES.read_text()))]
    return [pytest.param(None, marks=pytest.mark.skip(reason="the conformance data is not here: ../shared/conformance"))]


@pytest.mark.parametrize("case", cases())
def test_the_verdict_and_its_reasons_are_equal(case: dict[str, Any]) -> None:
    """A reader reads a writer exactly when the case says so, and each of the case's reasons is one of ours."""
    found = incompatibilities(schema_of(case["reader"]), schema_of(case["writer"]))
    assert (not found) == case["compatible"]
    assert sorted(fault.reason.replace("-", "_") for fault in found) == sorted(case["incompatibilities"])
