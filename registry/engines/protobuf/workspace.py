"""Where the modules of a contract stand in its folder, and which rules judge each.

A file has two names: its path in the folder, which people know, and its path below its module, by which it is imported.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from registry.domain.errors import BadReference
from registry.domain.location import Location
from registry.engines.protobuf.selection import Selection, is_below


@dataclass(frozen=True, slots=True)
class Module:
    """A folder that imports are relative to ("." is the contract's own), and the rules that judge it."""

    path: str
    selection: Selection = field(default_factory=Selection)
    includes: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()

    def holds(self, path: str) -> bool:
        """Whether a file, by its path in the contract's folder, belongs to the module."""
        included = not self.includes or any(is_below(path, folder) for folder in self.includes)
        return is_below(path, self.path) and included and not any(is_below(path, folder) for folder in self.excludes)

    def import_path(self, path: str) -> str:
        """The name by which a file of the module is imported."""
        return path if self.path == "." else path.removeprefix(f"{self.path}/")


@dataclass(frozen=True)
class Workspace:
    """The modules of a contract, as the configuration in `file` describes them.

    With plugins of buf's it may name rules that nobody knows here; they are not asked.
    """

    file: str
    modules: tuple[Module, ...]
    has_plugins: bool = False

    def module_of(self, path: str) -> Module | None:
        """The module of a file, by its path in the contract's folder: the innermost."""
        holding = [module for module in self.modules if module.holds(path)]
        return max(holding, key=lambda module: len(module.path), default=None)


@dataclass(frozen=True)
class Layout:
    """The paths of a contract's files in its folder, by the names that they are imported by."""

    workspace: Workspace | None = None
    paths: Mapping[str, str] = field(default_factory=dict[str, str])

    @staticmethod
    def of(workspace: Workspace, files: Iterable[str]) -> Layout:
        """The layout of files that stand in a workspace; those outside of every module are left out.

        Raises BadReference when two files would be imported by one name.
        """
        found: dict[str, str] = {}
        for path in files:
            module = workspace.module_of(path)
            if module is not None and found.setdefault(module.import_path(path), path) != path:
                name = module.import_path(path)
                raise BadReference(f"{found[name]} and this file are both imported as {name}", Location(path, ""))
        return Layout(workspace, found)

    def path(self, name: str) -> str:
        """Where a file stands, by the name that it is imported by."""
        return self.paths.get(name, name)

    def place(self, location: Location | None) -> Location | None:
        """A place as people know it."""
        return location and replace(location, file=self.path(location.file))
