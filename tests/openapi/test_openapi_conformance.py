"""Our verdicts against hand-made truths and against oasdiff's public answers, each difference on a list with its reason."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from registry.domain.change import Comparison, DocumentWitness
from registry.domain.verdict import Severity
from tests.openapi.oasdiff import FOLDER, breaking, compared, pairs, probes

pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="the shared conformance data is not beside this checkout")

LISTED: Mapping[str, Any] = tomllib.loads((Path(__file__).parent / "disagreements.toml").read_text())


def verdict(comparison: Comparison) -> str:
    found = {change.severity for change in comparison.changes}
    if Severity.BREAKING in found:
        return "breaking"
    return "warning" if Severity.RISKY in found else "additive" if found else "none"


@pytest.mark.parametrize("probe", probes(), ids=lambda probe: probe["probe"])
def test_probe(probe):
    """The verdict is the stated truth; where nothing changes for anybody, a note is allowed."""
    allowed = {"none", "additive"} if probe["truth"] == "none" else {probe["truth"]}
    assert verdict(compared(probe["base"], probe["revision"])) in allowed


@pytest.fixture(scope="module")
def differences() -> dict[str, tuple[list[str], list[str]]]:
    """Per pair that differs: operations that only we call breaking, and operations that only oasdiff does."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    for pair in pairs():
        ours = breaking(compared(pair.base, pair.revision)).keys()
        if ours != pair.theirs:
            found[pair.name] = (_names(ours - pair.theirs), _names(pair.theirs - ours))
    return found


def listed() -> dict[str, tuple[list[str], list[str]]]:
    return {f"{entry['base']} -> {entry['revision']}": (entry["ours"], entry["theirs"]) for entry in LISTED["pair"]}


def test_every_difference_from_oasdiff_is_on_the_list(differences):
    """A pair that differs otherwise than the list says is a regression, or needs its reason written down."""
    known = listed()
    assert {name: found for name, found in differences.items() if known.get(name) != found} == {}


def test_no_difference_is_listed_that_is_gone(differences):
    """The list says what differs today and nothing else."""
    assert listed().keys() - differences.keys() == set()


def test_every_listed_difference_has_a_reason_that_is_used():
    """Reasons are written once, and none is left over."""
    assert {entry["reason"] for entry in LISTED["pair"]} == LISTED["reasons"].keys()


def test_differences_that_schemas_decide_are_shown_by_documents():
    """Where the list shows a document, the comparison shows one, which both judges confirmed; perhaps a better one by now."""
    for entry in LISTED["pair"]:
        if "witness" in entry:
            changes = [change for found in breaking(compared(entry["base"], entry["revision"])).values() for change in found]
            assert any(isinstance(change.witness, DocumentWitness) for change in changes), entry["base"]


def _names(operations: set[tuple[str, str]]) -> list[str]:
    return sorted(" ".join(operation).strip() for operation in operations)
