"""buf's own configuration, so that a folder that `buf breaking` checks needs no other here.

Read is what decides over breaking changes: `version`, `breaking` (of a module or, in version 2, of the workspace) and the import
roots (`build.roots` in version v1beta1, `modules` in version v2).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from registry.domain.contract import Source
from registry.domain.errors import BadInput
from registry.engines.protobuf.selection import Category, ConfigVersion, Selection


def selection_of(configuration: object) -> Selection:
    """The rules that a parsed `buf.yaml` selects. Raises BadInput when a key does not hold what buf expects in it."""
    document = _mapping(configuration, "buf.yaml")
    breaking = _mapping(document.get("breaking") or {}, "breaking")
    only = _mapping(breaking.get("ignore_only") or {}, "breaking.ignore_only")
    return Selection(
        use=frozenset(_names(breaking, "use")) or frozenset({Category.FILE.value}),
        leave_out=frozenset(_names(breaking, "except")),
        ignore=_paths(breaking, "ignore"),
        ignore_only={name: _paths(only, name) for name in only},
        ignore_unstable_packages=breaking.get("ignore_unstable_packages") is True,
        version=_version(document),
    )


def at_import_roots(source: Source, configuration: object) -> Source:
    """The revision with the `.proto` files below each import root named relative to it, and none outside.

    Without roots in the configuration it is returned as it is. Raises BadInput as `selection_of` does.
    """
    document = _mapping(configuration, "buf.yaml")
    if _version(document) is ConfigVersion.V2:
        modules = [_mapping(item, "modules") for item in _list(document, "modules")]
        roots = tuple(_path(str(module.get("path", "."))) for module in modules)
    else:
        roots = _paths(_mapping(document.get("build") or {}, "build"), "roots")
    if not roots or "." in roots:
        return source
    files = {name.removeprefix(f"{root}/"): data for name, data in source.files.items() for root in roots if _inside(name, root)}
    return Source(files, source.entry)


def _inside(name: str, root: str) -> bool:
    return name.endswith(".proto") and name.startswith(f"{root}/")


def _version(document: Mapping[str, object]) -> ConfigVersion:
    version = document.get("version", ConfigVersion.V1BETA1.value)
    if version not in list(ConfigVersion):
        raise BadInput(f"buf.yaml has the version {version!r}; v1beta1, v1 and v2 are known")
    return ConfigVersion(str(version))


def _mapping(value: object, name: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise BadInput(f"{name} is not a mapping")
    return {str(key): item for key, item in cast("Mapping[object, object]", value).items()}


def _list(mapping: Mapping[str, object], key: str) -> list[object]:
    value = mapping.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise BadInput(f"{key} is not a list")
    return cast("list[object]", value)


def _names(mapping: Mapping[str, object], key: str) -> tuple[str, ...]:
    return tuple(str(item) for item in _list(mapping, key))


def _paths(mapping: Mapping[str, object], key: str) -> tuple[str, ...]:
    return tuple(_path(item) for item in _names(mapping, key))


def _path(text: str) -> str:
    return text.removeprefix("./").rstrip("/") or "."
