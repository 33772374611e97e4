"""Which services a command works on: the manifests below the paths that it was given."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cli.git import Git
from cli.working_tree import WorkingTree
from registry.domain.errors import BadManifest
from registry.domain.location import Location
from registry.domain.publication import ServiceVersion
from registry.engines.documents.limits import Limits
from registry.services.trees import MANIFEST, Origin, manifest_at, manifests_below, service_version_at


@dataclass(frozen=True, slots=True)
class Selection:
    """Folders with a manifest, relative to the top of the tree: the repository's, or without git the paths' common folder."""

    root: Path
    git: Git | None
    tree: WorkingTree
    folders: tuple[str, ...]
    limits: Limits

    def service_versions(self, origin: Origin) -> tuple[ServiceVersion, ...]:
        """What the folders declare, with every file that they name. Raises the BadInput errors."""
        return tuple(service_version_at(self.tree, folder, origin, self.limits) for folder in self.folders)

    def shown(self, file: str) -> str:
        """The name by which a person in the current folder can open a file of the tree."""
        return Path(os.path.relpath(self.root / file)).as_posix()


def select(paths: Sequence[Path], limits: Limits) -> Selection:
    """The services below the paths. Raises BadManifest when there are none, or when one of them is declared twice."""
    folders = [path.resolve() if path.is_dir() else path.resolve().parent for path in paths]
    common = Path(os.path.commonpath(folders))
    git = Git.around(common)
    root = (git.root if git else common).resolve()
    tree = WorkingTree(root, limits)
    below = {name for folder in folders for name in manifests_below(tree, _relative(folder, root))}
    found = tuple(sorted(below))
    if not found:
        raise BadManifest(f"There is no {MANIFEST} in {', '.join(map(str, paths))} or below.")
    _require_once(tree, found)
    return Selection(root, git, tree, found, limits)


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
