"""What documents say of themselves: structural faults, and a version of their own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.support import OPENAPI, OPENAPI_WITH_SEARCH, OPENAPI_WITHOUT_TOTAL, Run, commit, write

FAULTY = OPENAPI.replace("openapi: 3.1.0", "openapi: 3.1.0\npaths_: {}\nservers: 3")


def versioned(document: str, version: str) -> str:
    lines = [line for line in document.splitlines() if not line.startswith("info:")]
    return "\n".join([lines[0], f"info: {{title: Orders, version: {version!r}}}", *lines[1:]])


def test_a_faulty_document_is_compared_and_its_faults_are_counted(interlock: Run, here: Path) -> None:
    """Nothing is refused; a note says how many faults there are and what names them."""
    write(here, {"old.yaml": OPENAPI, "new.yaml": FAULTY})
    result = interlock("diff", "old.yaml", "new.yaml")
    assert result.exit_code == 0, result.output
    assert "new.yaml has 2 structural faults and is compared all the same; `interlock lint new.yaml` names each." in result.stderr


def test_each_fault_has_its_line_and_its_pointer(interlock: Run, here: Path) -> None:
    """In the report as in JSON."""
    write(here, {"api.yaml": FAULTY})
    result = interlock("lint", "api.yaml")
    assert result.exit_code == 0, result.output
    assert "risky  openapi-lint:structure  api.yaml:3:1" in result.stdout
    rows = json.loads(interlock("lint", "api.yaml", "--format", "json").stdout)["changes"]
    assert {row["new"]["path"] for row in rows} == {"", "/servers"}
    assert interlock("lint", "api.yaml", "--strict").exit_code == 1


@pytest.mark.parametrize(
    ("before", "after", "document", "said"),
    [
        ("1.2.0", "1.2.0", OPENAPI_WITH_SEARCH, "says version 1.2.0 after 1.2.0, and its changes need 1.3.0"),
        ("1.2.0", "1.3.0", OPENAPI_WITH_SEARCH, None),
        ("1.2.0", "1.3.0", OPENAPI_WITHOUT_TOTAL, "says version 1.3.0 after 1.2.0, and its changes need 2.0.0"),
        ("1.2.0", "2.0.0", OPENAPI_WITHOUT_TOTAL, None),
        ("0.2.0", "0.2.1", OPENAPI_WITHOUT_TOTAL, "its changes need 0.3.0"),
        ("0.2.0", "0.2.1", OPENAPI_WITH_SEARCH, None),
        ("1.2.0", "1.1.0", OPENAPI_WITH_SEARCH, "says version 1.1.0, and said 1.2.0 before"),
        ("2026-10-29", "2026-10-29", OPENAPI_WITHOUT_TOTAL, None),
        ("1.2.0", "1.2.0", OPENAPI, None),
    ],
)
def test_the_number_in_the_document_says_what_its_changes_need(
    interlock: Run, here: Path, before: str, after: str, document: str, said: str | None
) -> None:
    """Where both are semantic; a date is left alone, and 0.x may break in a minor."""
    write(here, {"old.yaml": versioned(OPENAPI, before), "new.yaml": versioned(document, after)})
    result = interlock("diff", "old.yaml", "new.yaml")
    notes = [line for line in result.stderr.splitlines() if "the document says" in line]
    assert len(notes) == (said is not None)
    assert said is None or said in notes[0]


def test_two_numbers_for_one_contract_are_refused_with_what_to_do(interlock: Run, repository: Path) -> None:
    """The manifest and the document say the same number, or none of them is believed."""
    api = next(repository.rglob("*.yaml"))
    api.write_text(versioned(api.read_text(), "7.0.0"))
    result = interlock("check", "--against", "HEAD")
    assert result.exit_code == 2, result.output
    assert "The document says version 7.0.0, and the manifest declares" in result.stderr
    assert "info.version and into interlock.toml" in result.stderr


def test_check_shows_the_faults_that_are_new(interlock: Run, repository: Path) -> None:
    """What was wrong before is no finding of this change; a new fault is, and blocks nothing by itself."""
    api = next(repository.rglob("*.yaml"))
    text = api.read_text()
    api.write_text(text.replace("openapi: 3.1.0", "openapi: 3.1.0\nservers: 3"))
    commit(repository, "A fault")
    api.write_text(api.read_text() + "tags: 4\n")
    result = interlock("check", "--against", "HEAD")
    assert result.exit_code == 0, result.output
    assert result.stdout.count("openapi-lint:structure") == 1
    assert "(/tags)" in result.stdout
