"""Which services a command works on: the manifests below the paths that it was given."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from cli.git import Git
from cli.working_tree import WorkingTree
from registry.domain.errors import BadManifest
from registry.domain.location import Location
from registry.domain.publication import ServiceVersion
from registry.engines.documents.limits import Limits
from registry.services.checking.report import CheckReport
from registry.services.places import comparison_below, errors_below
from registry.services.trees import MANIFEST, Origin, manifest_at, manifests_below, service_version_at


@dataclass(frozen=True, slots=True)
class Selection:
    """Folders with a manifest, relative to the top of the tree that they are read from.

    The tree is the current folder where everything is below it, so that places read as people type them; else the repository, or
    without git the folder that the paths have in common, and places are absolute.
    """

    root: Path
    git: Git | None
    tree: WorkingTree
    folders: tuple[str, ...]
    limits: Limits

    def service_versions(self, origin: Origin) -> tuple[ServiceVersion, ...]:
        """What the folders declare, with every file that they name. Raises the BadInput errors."""
        return tuple(service_version_at(self.tree, folder, origin, self.limits) for folder in self.folders)

    def differs_from_commit(self) -> bool:
        """Whether tracked files of the folders are not as they were committed."""
        git = self.git
        return git is not None and any(git.differs(self.root / folder) for folder in self.folders)

    @contextmanager
    def places_shown(self) -> Generator[None]:
        """Name the places of bad input so that a person in the current folder can open them."""
        with errors_below(self._shown_root):
            yield

    def report_shown(self, report: CheckReport) -> CheckReport:
        """The report with its places named so that a person in the current folder can open them."""
        root = self._shown_root
        return replace(
            report,
            checks=tuple(replace(check, comparison=comparison_below(root, root, check.comparison)) for check in report.checks),
        )

    @property
    def _shown_root(self) -> str:
        return "" if self.root == Path.cwd() else self.root.as_posix()


def select(paths: Sequence[Path], limits: Limits) -> Selection:
    """The services below the paths. Raises BadManifest when there are none, or when one of them is declared twice."""
    folders = [path.resolve() if path.is_dir() else path.resolve().parent for path in paths]
    git = Git.around(Path(os.path.commonpath(folders)))
    root = _root(folders, git)
    tree = WorkingTree(root, limits)
    below = {name for folder in folders for name in manifests_below(tree, _relative(folder, root))}
    found = tuple(sorted(below))
    if not found:
        raise BadManifest(f"There is no {MANIFEST} in {', '.join(map(str, paths))} or below.")
    selection = Selection(root, git, tree, found, limits)
    with selection.places_shown():
        _require_once(tree, found)
    return selection


def _root(folders: Sequence[Path], git: Git | None) -> Path:
    here = Path.cwd()
    in_repository = git is None or here.is_relative_to(git.root)
    if in_repository and all(folder.is_relative_to(here) for folder in folders):
        return here
    return git.root if git else Path(os.path.commonpath(folders))


def _relative(folder: Path, root: Path) -> str:
    relative = folder.relative_to(root).as_posix()
    return "" if relative == "." else relative


def _require_once(tree: WorkingTree, folders: Sequence[str]) -> None:
    declared: dict[str, list[str]] = defaultdict(list)
    for folder in folders:
        declared[manifest_at(tree, folder).service.name].append(folder or ".")
    for service, places in declared.items():
        if len(places) > 1:
            problem = f"The service {service} is declared in {' and in '.join(places)}: name the folders to work on"
            raise BadManifest(f"{problem}.", Location(f"{places[1]}/{MANIFEST}", "/service/name"))
