"""The history can be published step by step: what each step changes fits what was there."""

from __future__ import annotations

import re
import shutil
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from contracts.checkout.tests import buf
from contracts.checkout.tests.documents import PLATFORM, STEPS, manifest, provided, read, services, short

Release = tuple[str, Path, Path]
"""Version, service folder and contract path."""


def _lines() -> dict[tuple[str, str, str], list[Release]]:
    """The releases of each (contract, kind, major), oldest first."""
    lines: dict[tuple[str, str, str], list[Release]] = {}
    for step in STEPS:
        for folder in services(step):
            for name, kind, path, version in provided(folder):
                lines.setdefault((name, kind, version.partition(".")[0]), []).append((version, folder, path))
    return lines


LINES = _lines()
LONG = ["catalog-api", "catalog-pricing", "OrderPlaced", "PaymentCaptured"]


@pytest.mark.parametrize("name", LONG)
def test_four_contracts_have_a_history(name: str) -> None:
    """One REST, one gRPC and two event contracts: an addition, a deprecation, and a new major beside the old."""
    versions = {
        major: [version for version, _, _ in releases] for (its_name, _, major), releases in LINES.items() if its_name == name
    }
    assert versions == {"1": ["1.0.0", "1.1.0", "1.2.0", "1.2.0"], "2": ["2.0.0"]}


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line[0]} {line[2]}")
def test_a_line_starts_at_its_first_version(line: tuple[str, str, str]) -> None:
    """The first release of a major line is X.0.0."""
    assert LINES[line][0][0] == f"{line[2]}.0.0"


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line[0]} {line[2]}")
def test_the_same_number_is_the_same_content(line: tuple[str, str, str]) -> None:
    """What was published under a number never changes, examples included; another number has other content."""
    for (old_version, old_folder, old), (new_version, new_folder, new) in pairwise(LINES[line]):
        same = _content(old_folder, old) == _content(new_folder, new)
        assert same == (old_version == new_version)


@pytest.mark.parametrize("name", LONG)
def test_the_last_version_of_the_old_line_deprecates_with_a_sunset(name: str) -> None:
    """1.2.0 has a sunset date, 1.1.0 has none, and 2.0.0 has nothing deprecated."""
    texts = {
        version: _text(path) for (its_name, _, _), releases in LINES.items() if its_name == name for version, _, path in releases
    }
    told = {version: ("2027-06-30" in text, bool(re.search(r"deprecated\W{1,4}true", text))) for version, text in texts.items()}
    assert told == {"1.0.0": (False, False), "1.1.0": (False, False), "1.2.0": (True, True), "2.0.0": (False, False)}


@pytest.mark.skipif(shutil.which("buf") is None, reason="buf is not installed")
@pytest.mark.parametrize("line", [line for line in LINES if line[1] == "protobuf"], ids=lambda line: f"{line[0]} {line[2]}")
def test_buf_finds_nothing_broken(line: tuple[str, str, str]) -> None:
    """Each version of a Protobuf contract fits the one before it."""
    for (_, _, old), (_, _, new) in pairwise(LINES[line]):
        assert buf.broken_rules(old, new) == set()


@pytest.mark.parametrize("line", [line for line in LINES if line[1] == "jsonschema"], ids=lambda line: f"{line[0]} {line[2]}")
def test_all_versions_of_an_event_read_each_others_examples(line: tuple[str, str, str]) -> None:
    """Whoever replays a channel with any version of the schema can read what was written under any other."""
    for (_, folder, path), (_, other_folder, other) in combinations(LINES[line], 2):
        for schema, writer, written_under in ((path, other_folder, other), (other, folder, path)):
            validator = Draft202012Validator(read(schema))
            [entry] = [entry for entry in manifest(writer)["events"] if writer / entry["path"] == written_under]
            for example in entry["examples"]:
                validator.validate(read(writer / example))


def test_each_step_is_described() -> None:
    """history/README.md names every step."""
    text = (PLATFORM / "history" / "README.md").read_text()
    assert [short(step) for step in STEPS[:-1] if step.name not in text] == []


def _content(folder: Path, path: Path) -> dict[str, bytes]:
    if path.is_dir():
        return {file.relative_to(path).as_posix(): file.read_bytes() for file in path.rglob("*.proto")}
    entries = [entry for entry in manifest(folder).get("events", []) if folder / entry["path"] == path]
    names = [path.relative_to(folder).as_posix(), *(example for entry in entries for example in entry["examples"])]
    return {name: (folder / name).read_bytes() for name in names}


def _text(path: Path) -> str:
    return "\n".join(file.read_text() for file in ([path] if path.is_file() else sorted(path.rglob("*.proto"))))
