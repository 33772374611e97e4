"""The README's tables say what the manifests say."""

from __future__ import annotations

from pathlib import Path

import pytest

from contracts.checkout.tests.documents import PLATFORM, manifest, services

README = (PLATFORM / "README.md").read_text()
EVENTS = [
    pytest.param(folder, entry["name"], entry["version"], id=f"{entry['name']} {entry['version']}")
    for folder in services()
    for entry in manifest(folder).get("events", [])
]


def test_every_contract_has_a_row() -> None:
    """With its versions, its provider and its consumers."""
    for folder in services():
        entries = manifest(folder).get("provides", [])
        for name in {entry["contract"] for entry in entries}:
            [row] = [line for line in README.splitlines() if line.startswith(f"| {name} |")]
            cells = [cell.strip() for cell in row.strip("|").split("|")]
            assert cells[2] == ", ".join(entry["version"] for entry in entries if entry["contract"] == name)
            assert cells[3].lower() == folder.name
            assert consumers_in(cells[4]) == consumers_of(name)


@pytest.mark.parametrize(("folder", "name", "version"), EVENTS)
def test_every_event_has_a_row(folder: Path, name: str, version: str) -> None:
    """With its channel and the consumers of its major line."""
    [entry] = [each for each in manifest(folder)["events"] if (each["name"], each["version"]) == (name, version)]
    [row] = [line for line in README.splitlines() if line.startswith(f"| {name} | {version} |")]
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells[2] == entry["channel"]
    assert cells[3] == (entry["retention"].replace("d", " days") if "retention" in entry else "for ever")
    assert consumers_in(cells[4]) == consumers_of(name, version)


def consumers_of(name: str, version: str | None = None) -> set[str]:
    """The services that consume a contract, or one major line of it; an own reader is one of the first line."""
    return {
        folder.name
        for folder in services()
        for entry in manifest(folder).get("consumes", [])
        if entry["contract"] == name and (version is None or entry.get("version", "1").split(".")[0] == version.split(".")[0])
    }


def consumers_in(cell: str) -> set[str]:
    """The services that a table's cell names."""
    return {word for word in (each.strip("(),").lower() for each in cell.split()) if (PLATFORM / word / "interlock.toml").exists()}
