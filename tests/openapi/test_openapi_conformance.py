"""Our verdicts against hand-made truths and against oasdiff's public answers, each difference on a list with its reason."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from registry.domain.change import Comparison, Json
from registry.domain.location import Location
from registry.domain.verdict import Severity
from registry.engines.jsonschema.judges import Judges
from registry.engines.jsonschema.library import Projection
from registry.engines.openapi.schemas import library
from tests.openapi.oasdiff import FOLDER, breaking, compared, pairs, probes, read

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
    assert {entry["reason"] for entry in LISTED["pair"]} == LISTED["reasons"].keys() | LISTED["promises"].keys()


def test_a_difference_has_a_document_where_schemas_decide_it():
    """Each that no document can show stands under a reason that is about promises."""
    assert {entry["base"] for entry in LISTED["pair"] if ("document" in entry) != (entry["reason"] in LISTED["reasons"])} == set()


@pytest.mark.parametrize("entry", [entry for entry in LISTED["pair"] if "document" in entry], ids=lambda entry: entry["base"])
def test_the_document_of_a_difference_fits_where_it_says(entry):
    """Two validators that know nothing of the comparison judge it by the schemas of both versions."""
    document = json.loads(entry["document"])
    fits = tuple(accepts(entry[side], entry["role"], entry["schema"], document) for side in ("base", "revision"))
    assert fits == {"old": (True, False), "new": (False, True), "both": (True, True), "neither": (False, False)}[entry["fits"]]


def test_nearly_all_pairs_agree_or_are_listed_with_a_document(differences):
    """At least 95 in a hundred; the others are about promises, which no document shows."""
    shown = {f"{entry['base']} -> {entry['revision']}" for entry in LISTED["pair"] if "document" in entry}
    names = [pair.name for pair in pairs()]
    settled = [name for name in names if name not in differences or name in shown]
    assert len(settled) / len(names) >= 0.95


def accepts(path: str, role: str, pointer: str, document: Json) -> bool | None:
    """Whether both judges take the document for the schema at a pointer; they take any where there is none."""
    contract = read(path)
    place = Location(contract.entry, pointer)
    if contract.target(contract.entry, f"#{pointer}") is None:
        return True
    projection = {"request": Projection.REQUEST, "response": Projection.RESPONSE}.get(role, Projection.ALL)
    return Judges(library(contract).projected(projection).at(place)).accept(document)


def _names(operations: set[tuple[str, str]]) -> list[str]:
    return sorted(" ".join(operation).strip() for operation in operations)
