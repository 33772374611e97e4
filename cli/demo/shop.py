"""A git repository of the checkout platform, with its history as commits and its candidates as branches."""

from __future__ import annotations

import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SERVICES = ("cart", "catalog", "inventory", "orders", "payments", "storefront")
_NOT_CONTRACTS = shutil.ignore_patterns("__pycache__", "*.py", "consumer_tests")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposed change: files that replace those of one service. `provider` marks a change of the running code alone."""

    slug: str
    folder: Path
    service: str
    contract: str
    what: str

    @property
    def provider(self) -> bool:
        """Whether the candidate changes no contract, only how the provider behaves."""
        return (self.folder / "provider.py").exists()


def candidates(folder: Path) -> tuple[Candidate, ...]:
    """The candidates below a folder, by name."""
    return tuple(_candidate(path.parent) for path in sorted(folder.glob("*/candidate.toml")))


def _candidate(folder: Path) -> Candidate:
    facts = tomllib.loads((folder / "candidate.toml").read_text())
    return Candidate(folder.name, folder, facts["service"], facts["contract"], facts["what"])


class Shop:
    """The repository. Everything is committed, so that versions are commits and baselines are merge bases."""

    def __init__(self, checkout: Path, folder: Path) -> None:
        self._checkout = checkout
        self.folder = folder
        folder.mkdir()
        self._git("init", "--quiet", "--initial-branch", "main")
        self._git("config", "user.name", "Interlock demo")
        self._git("config", "user.email", "demo@localhost")

    def steps(self) -> Iterator[tuple[str, list[str]]]:
        """Commit the history step by step; yields (name of the step, services that it has), each on main."""
        for step in [*sorted((self._checkout / "history").glob("[0-9]*")), self._checkout]:
            services = [name for name in SERVICES if (step / name / "interlock.toml").exists()]
            for name in services:
                shutil.rmtree(self.folder / name, ignore_errors=True)
                shutil.copytree(step / name, self.folder / name, ignore=_NOT_CONTRACTS)
            name = "today" if step == self._checkout else step.name
            self._commit(name)
            yield name, services

    @contextmanager
    def branch(self, candidate: Candidate) -> Iterator[Path]:
        """A branch off main with the candidate committed; main is checked out again afterwards."""
        self._git("switch", "--quiet", "--force-create", candidate.slug, "main")
        try:
            service = self.folder / candidate.service
            shutil.copytree(
                candidate.folder,
                service,
                dirs_exist_ok=True,
                ignore=shutil.ignore_patterns("candidate.toml", "*.py", "__pycache__"),
            )
            self._commit(candidate.what)
            yield service
        finally:
            self._git("switch", "--quiet", "main")

    def head(self) -> str:
        """The commit that is checked out."""
        return self._git("rev-parse", "HEAD")

    def _commit(self, message: str) -> None:
        self._git("add", "--all")
        self._git("commit", "--quiet", "--allow-empty", "--message", message)

    def _git(self, *arguments: str) -> str:
        run = subprocess.run(["git", *arguments], cwd=self.folder, check=True, capture_output=True, text=True)
        return run.stdout.strip()
