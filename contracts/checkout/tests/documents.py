"""Finding and reading the contracts of the checkout platform, for its tests."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import yaml

PLATFORM = Path(__file__).resolve().parents[1]
HISTORY = sorted(path for path in (PLATFORM / "history").iterdir() if path.is_dir())
STEPS = [*HISTORY, PLATFORM]
"""The folders that are published one after the other; the current tree is the last."""


@cache
def manifest(folder: Path) -> dict[str, Any]:
    """One service's `interlock.toml`."""
    return tomllib.loads((folder / "interlock.toml").read_text())


def services(step: Path = PLATFORM) -> list[Path]:
    """The folders of a step that have a manifest."""
    return sorted(path.parent for path in step.glob("*/interlock.toml"))


def provided(folder: Path) -> list[tuple[str, str, Path, str]]:
    """(contract, kind, path, version) for each contract and event that a service provides."""
    entries = [(entry["contract"], entry["kind"], entry) for entry in manifest(folder).get("provides", [])]
    entries += [(entry["name"], entry.get("kind", "jsonschema"), entry) for entry in manifest(folder).get("events", [])]
    return [(name, kind, folder / entry["path"], entry["version"]) for name, kind, entry in entries]


def paths_of(kind: str) -> list[Path]:
    """Every contract of a kind, of all steps."""
    return [path for step in STEPS for folder in services(step) for _, its_kind, path, _ in provided(folder) if its_kind == kind]


def short(value: object) -> str:
    """A path as a test's name has it."""
    return value.relative_to(PLATFORM).as_posix() if isinstance(value, Path) else str(value)


@cache
def read(path: Path) -> Any:
    """A JSON or YAML document."""
    if path.suffix in (".json", ".avsc"):
        return json.loads(path.read_text())
    return yaml.load(path.read_text(), Loader=yaml.CSafeLoader)


def candidates(folder: str) -> list[Path]:
    """The candidates in `breaking` or `additive`."""
    return sorted(path.parent for path in (PLATFORM / folder).glob("*/candidate.toml"))


@cache
def candidate(folder: Path) -> dict[str, Any]:
    """What a candidate says of itself."""
    return tomllib.loads((folder / "candidate.toml").read_text())


def changed_files(folder: Path) -> list[Path]:
    """The files that a candidate puts into its service's folder, by their paths in there."""
    files = (path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file())
    return [path for path in files if path.name != "candidate.toml" and "__pycache__" not in path.parts]
