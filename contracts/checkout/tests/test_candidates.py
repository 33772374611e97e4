"""The candidates are one change each, valid in themselves, and what they say they are."""

from __future__ import annotations

import difflib
import shutil
from pathlib import Path

import pytest

from contracts.checkout.tests import buf
from contracts.checkout.tests.documents import PLATFORM, candidate, candidates, changed_files, manifest, provided, services, short

BREAKING = candidates("breaking")
ADDITIVE = candidates("additive")
FORMATS = ("openapi", "protobuf", "event", "avro", "pact")


@pytest.mark.parametrize("folder", [*BREAKING, *ADDITIVE], ids=short)
def test_a_candidate_changes_little(folder: Path) -> None:
    """Each file replaces one of the service's, and differs from it in a few lines."""
    assert changed_files(folder)
    for path in changed_files(folder):
        old = (PLATFORM / candidate(folder)["service"] / path).read_text().splitlines()
        new = (folder / path).read_text().splitlines()
        changed = [line for line in difflib.ndiff(old, new) if line[0] in "+-"]
        assert 0 < len(changed) <= 30, path


@pytest.mark.parametrize("folder", [*BREAKING, *ADDITIVE], ids=short)
def test_a_candidate_names_a_contract_of_its_service(folder: Path) -> None:
    """The service provides the contract, and the text says in one sentence what the change does."""
    about = candidate(folder)
    contracts = {name for name, _, _, _ in provided(PLATFORM / about["service"])}
    assert about["contract"] in contracts
    assert about["what"].endswith(".")
    assert folder.name.startswith(FORMATS)


@pytest.mark.parametrize("folder", BREAKING, ids=short)
def test_a_breaking_candidate_reaches_consumers_of_the_contract(folder: Path) -> None:
    """Whoever breaks has declared the use."""
    about = candidate(folder)
    consumers = {
        service.name
        for service in services()
        for entry in manifest(service).get("consumes", [])
        if entry["contract"] == about["contract"]
    }
    assert set(about["reaches"]) <= consumers
    assert isinstance(about["expected_rules"], list)


@pytest.mark.parametrize("prefix", FORMATS)
def test_every_format_has_a_breaking_candidate(prefix: str) -> None:
    """REST, gRPC, events in JSON and in Avro, and what only a pact can tell."""
    assert any(folder.name.startswith(prefix) for folder in BREAKING)


@pytest.mark.skipif(shutil.which("buf") is None, reason="buf is not installed")
@pytest.mark.parametrize("folder", [each for each in [*BREAKING, *ADDITIVE] if each.name.startswith("protobuf")], ids=short)
def test_buf_judges_the_protobuf_candidates_as_we_do(folder: Path, tmp_path: Path) -> None:
    """An independent tool finds the breaking ones broken and the additive one fine; both keep its standard rules."""
    old = PLATFORM / candidate(folder)["service"] / "proto" / "v1"
    new = tmp_path / "proto"
    shutil.copytree(old, new)
    shutil.copytree(folder / "proto" / "v1", new, dirs_exist_ok=True)
    assert bool(buf.broken_rules(old, new)) == (folder.parent.name == "breaking")
    assert buf.lint(new) == ""


@pytest.mark.parametrize("folder", ADDITIVE, ids=short)
def test_an_additive_candidate_takes_the_next_minor_number(folder: Path) -> None:
    """Its manifest declares the number, and changes nothing else."""
    about = candidate(folder)
    before = {(name, path.name): version for name, _, path, version in provided(PLATFORM / about["service"])}
    after = {(name, path.name): version for name, _, path, version in provided(folder)}
    [changed] = [key for key in after if after[key] != before[key]]
    major, minor, _ = before[changed].split(".")
    assert changed[0] == about["contract"]
    assert after[changed] == about["version"] == f"{major}.{int(minor) + 1}.0"
