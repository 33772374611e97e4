"""buf's own configuration, so that a folder that `buf breaking` checks needs no other here.

Read is what decides over breaking changes: `version`, `breaking` (of a module or, in version v2, of the workspace) and where the
modules are (`build.roots` in version v1beta1, `modules` in version v2, `directories` in a `buf.work.yaml`). The keys and their
meaning are those of buf's reference of `buf.yaml`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from registry.domain.errors import BadInput
from registry.domain.location import Location, child
from registry.engines.documents.document import read
from registry.engines.documents.limits import Limits
from registry.engines.protobuf.selection import Category, ConfigVersion, Selection, is_below
from registry.engines.protobuf.workspace import Module, Workspace

FILE = "buf.yaml"
WORK_FILE = "buf.work.yaml"


def workspace_of(files: Mapping[str, bytes], limits: Limits = Limits()) -> Workspace | None:
    """The modules that buf's configuration at the top of a contract's folder describes; None when there is none.

    Raises BadInput at the place of what cannot be read, or does not hold what buf expects there.
    """
    if FILE in files:
        return _of_module(files[FILE], FILE, ".", limits)
    if WORK_FILE not in files:
        return None
    modules: list[Module] = []
    for folder in _read(files[WORK_FILE], WORK_FILE, limits).paths("directories", "."):
        name = posixpath.join(folder, FILE)
        if name in files:
            modules += _of_module(files[name], name, folder, limits).modules
        else:
            modules.append(Module(folder))
    return Workspace(WORK_FILE, tuple(modules))


@dataclass(frozen=True, slots=True)
class _Keys:
    """A mapping of the configuration, and where it stands."""

    value: Mapping[str, object]
    place: Location

    def mapping(self, key: str) -> _Keys:
        """The mapping under a key; an empty one without it."""
        return _keys(self.value.get(key), self._at(key))

    def mappings(self, key: str) -> list[_Keys]:
        """The mappings in the list under a key."""
        return [_keys(item, self._at(key, index)) for index, item in enumerate(self._list(key))]

    def strings(self, key: str) -> tuple[str, ...]:
        """The texts in the list under a key."""
        for index, item in enumerate(self._list(key)):
            if not isinstance(item, str):
                raise BadInput(f"{item!r} in {key} is no text", self._at(key, index))
        return tuple(cast("list[str]", self._list(key)))

    def paths(self, key: str, folder: str) -> tuple[str, ...]:
        """The paths in the list under a key, from the contract's folder."""
        return tuple(self._joined(folder, path, key, index) for index, path in enumerate(self.strings(key)))

    def path(self, key: str, folder: str) -> str:
        """The path under a key, `folder` itself without it."""
        value = self.value.get(key, ".")
        if not isinstance(value, str):
            raise BadInput(f"{key} is no path", self._at(key))
        return self._joined(folder, value, key)

    def _joined(self, folder: str, path: str, *keys: str | int) -> str:
        joined = posixpath.normpath(posixpath.join(folder, path))
        if joined.startswith(("/", "../")) or joined == "..":
            raise BadInput(f"{path} leads out of the contract's folder", self._at(*keys))
        return joined

    def _list(self, key: str) -> list[object]:
        value = self.value.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise BadInput(f"{key} is no list", self._at(key))
        return cast("list[object]", value)

    def _at(self, *keys: str | int) -> Location:
        return Location(self.place.file, child(self.place.path, *keys))


def _keys(value: object, place: Location) -> _Keys:
    if not isinstance(value, Mapping | None):
        raise BadInput("a mapping is expected here", place)
    return _Keys({str(key): item for key, item in cast("Mapping[object, object]", value or {}).items()}, place)


def _read(data: bytes, name: str, limits: Limits) -> _Keys:
    return _keys(read(name, data, limits).value, Location(name, ""))


def _of_module(data: bytes, name: str, folder: str, limits: Limits) -> Workspace:
    document = _read(data, name, limits)
    modules = _modules_of_v2(document, folder) if _version(document) is ConfigVersion.V2 else _modules_of_v1(document, folder)
    return Workspace(name, tuple(modules), has_plugins="plugins" in document.value)


def _modules_of_v1(document: _Keys, folder: str) -> Iterator[Module]:
    """One module; in version v1beta1 one for each root, to which the paths in the rest of the file are relative."""
    build = document.mapping("build")
    roots = build.paths("roots", folder) or (folder,)

    def paths(keys: _Keys, key: str) -> tuple[str, ...]:
        return tuple(path for root in roots for path in keys.paths(key, root))

    selection = _selection(document, _version(document), paths)
    for root in roots:
        yield Module(root, selection, excludes=paths(build, "excludes"))


def _modules_of_v2(document: _Keys, folder: str) -> Iterator[Module]:
    """Paths are relative to the file, in the modules as well; a module's own `breaking` replaces the workspace's.

    What is ignored is ignored by the module that holds it, and not by another that imports it.
    """
    for module in document.mappings("modules") or [_Keys({}, document.place)]:
        path = module.path("path", folder)

        def inside(keys: _Keys, key: str, path: str = path) -> tuple[str, ...]:
            return tuple(ignored for ignored in keys.paths(key, folder) if is_below(ignored, path))

        own = _selection(module if module.value.get("breaking") else document, ConfigVersion.V2, inside)
        yield Module(path, own, module.paths("includes", folder), module.paths("excludes", folder))


def _selection(document: _Keys, version: ConfigVersion, paths: Callable[[_Keys, str], tuple[str, ...]]) -> Selection:
    breaking = document.mapping("breaking")
    only = breaking.mapping("ignore_only")
    return Selection(
        use=frozenset(breaking.strings("use")) or frozenset({Category.FILE.value}),
        leave_out=frozenset(breaking.strings("except")),
        ignore=paths(breaking, "ignore"),
        ignore_only={name: paths(only, name) for name in only.value},
        ignore_unstable_packages=breaking.value.get("ignore_unstable_packages") is True,
        version=version,
    )


def _version(document: _Keys) -> ConfigVersion:
    version = document.value.get("version", ConfigVersion.V1BETA1.value)
    if version not in list(ConfigVersion):
        raise BadInput(
            f"the version {version!r} is unknown; v1beta1, v1 and v2 are known", Location(document.place.file, "/version")
        )
    return ConfigVersion(str(version))
